import Sigma
import WindowsFormats

/// Collects the entries of a rule set: atoms and code of each, and what the tables of `CompiledRules` are made of.
struct RuleCompiler {
  var builder = ConditionBuilder()
  private(set) var refusals: [RuleRefusal] = []
  private(set) var entries: [CompiledRules.Entry] = []
  private(set) var routes: [CompiledRules.Route] = []
  private(set) var decisions: [DecisionCode.Decision] = []
  private(set) var channels = KeyClasses()
  private(set) var providers = KeyClasses()
  private(set) var eventIDs = KeyClasses()
  private(set) var keyLiterals: [Int32: [Literal]] = [:]
  private(set) var ruleCount = 0
  /// By entry, the atoms one of which makes it a candidate.
  private var requirements: [[Int32]] = []

  mutating func add(_ source: [RuleEntry]) {
    let (kept, conditions) = conditions(of: source)
    collectKeyLiterals()
    let chooser = RequiredLiterals(builder.atoms)
    var code = DecisionCode(builder.atoms.atoms)
    for (entry, condition) in zip(kept, conditions) {
      let required = chooser.choose(for: condition)
      let firstRoute = routes.count
      addRoutes(entry.routes)
      entries.append(
        CompiledRules.Entry(
          rule: entry.rule, start: code.add(condition), firstRoute: Int32(firstRoute), endRoute: Int32(routes.count),
          requiresLiteral: required != nil))
      requirements.append(required ?? [])
    }
    decisions = code.decisions
    ruleCount = Set(entries.map(\.rule)).count
  }

  /// The conditions of entries in the order of rules, without rules that are refused.
  private mutating func conditions(of source: [RuleEntry]) -> ([RuleEntry], [Condition]) {
    let ordered = source.enumerated().sorted { ($0.element.rule, $0.offset) < ($1.element.rule, $1.offset) }
    var refused: Set<Int> = []
    var compiled: [(RuleEntry, Condition)] = []
    for (_, entry) in ordered where !refused.contains(entry.rule) {
      do {
        compiled.append((entry, try builder.condition(entry.expression)))
      } catch ConditionBuilder.Failure.refused(let reason) {
        refused.insert(entry.rule)
        refusals.append(RuleRefusal(rule: entry.rule, reason: reason))
      } catch {
        refused.insert(entry.rule)
        refusals.append(RuleRefusal(rule: entry.rule, reason: .tooLarge))
      }
    }
    compiled.removeAll { refused.contains($0.0.rule) }
    return (compiled.map(\.0), compiled.map(\.1))
  }

  /// Texts that rules compare channel, provider and event id with get classes of their own.
  private mutating func collectKeyLiterals() {
    for (number, atom) in builder.atoms.atoms.enumerated()
    where atom.kind == .literals && FieldNumbers.isKey(atom.field) {
      let literals = builder.atoms.literalSets[Int(atom.parameter)]
      keyLiterals[Int32(number)] = literals
      for literal in literals where literal.part == .whole {
        switch atom.field {
        case FieldNumbers.channel: _ = channels.add(literal.bytes)
        case FieldNumbers.provider: _ = providers.add(literal.bytes)
        default: _ = eventIDs.add(literal.bytes)
        }
      }
    }
  }

  private mutating func addRoutes(_ source: [EventRoute]) {
    for route in source {
      let channel =
        route.channel == EventRoute.anyChannel ? CompiledRules.any : channels.add(Folding.bytes(of: route.channel))
      let provider = route.provider.map { providers.add(Folding.bytes(of: $0)) } ?? CompiledRules.any
      guard let ids = route.eventIDs else {
        routes.append(CompiledRules.Route(channel: channel, provider: provider, eventID: CompiledRules.any))
        continue
      }
      for id in ids {
        routes.append(
          CompiledRules.Route(channel: channel, provider: provider, eventID: eventIDs.add(Array(String(id).utf8))))
      }
      // A route without a single event id is for no event; an entry without routes would be for all.
      if ids.isEmpty {
        routes.append(CompiledRules.Route(channel: channel, provider: provider, eventID: CompiledRules.none))
      }
    }
  }

  /// Entries by the atom that makes them candidates: where each atom's begin, and all of them.
  func candidateTable(atomCount: Int) -> (starts: [Int32], members: [Int32]) {
    var starts = [Int32](repeating: 0, count: atomCount + 1)
    for atoms in requirements { for atom in atoms { starts[Int(atom) + 1] += 1 } }
    for index in 1...max(atomCount, 1) where index <= atomCount { starts[index] += starts[index - 1] }
    var next = starts
    var members = [Int32](repeating: 0, count: Int(starts[atomCount]))
    for (entry, atoms) in requirements.enumerated() {
      for atom in atoms {
        members[Int(next[Int(atom)])] = Int32(entry)
        next[Int(atom)] += 1
      }
    }
    return (starts, members)
  }

  /// By field, each distinct literal and the atoms that it makes true.
  func atomsOfLiteral() -> [[(literal: Literal, atoms: [Int32])]] {
    var result = [[(literal: Literal, atoms: [Int32])]](repeating: [], count: builder.atoms.fieldNames.count)
    var places: [Literal: Int] = [:]
    for (number, atom) in builder.atoms.atoms.enumerated() where atom.kind == .literals {
      let field = Int(atom.field)
      for literal in builder.atoms.literalSets[Int(atom.parameter)] {
        if let place = places[literal] {
          result[field][place].atoms.append(Int32(number))
        } else {
          places[literal] = result[field].count
          result[field].append((literal, [Int32(number)]))
        }
      }
    }
    return result
  }
}
