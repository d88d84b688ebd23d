import Sigma
import WindowsFormats

/// Questions that literals leave open.
extension RuleMatcher {
  enum Answer { case yes, no, gaveUp }

  func ask(_ atom: Atom) -> Answer {
    if atom.kind == .null, atom.field != FieldNumbers.anyValue, view.firstValue(of: atom.field) < 0 { return .yes }
    var gaveUp = false
    var index = atom.field == FieldNumbers.anyValue ? 0 : Int(view.firstValue(of: atom.field))
    while index >= 0, index < view.values.count {
      let value = view.values[index]
      switch ask(atom, value) {
      case .yes: return .yes
      case .gaveUp: gaveUp = true
      case .no: break
      }
      index = atom.field == FieldNumbers.anyValue ? index &+ 1 : Int(value.next)
    }
    return gaveUp ? .gaveUp : .no
  }

  private func ask(_ atom: Atom, _ value: EventView.Value) -> Answer {
    switch atom.kind {
    case .exists: return .yes
    case .null: return value.isNull ? .yes : .no
    default: break
    }
    if value.isNull { return .no }
    switch atom.kind {
    case .anyText: return .yes
    case .emptyText: return value.byteCount == 0 ? .yes : .no
    case .wildcard:
      return match(atom.parameter, view.folded.view, value.foldedStart, value.foldedByteCount)
    case .casedWildcard: return match(atom.parameter, view.text.view, value.start, value.byteCount)
    case .regularExpression:
      switch search.search(
        rules.expressions[Int(atom.parameter)], view.text.view, at: value.start, byteCount: value.byteCount)
      {
      case .found: return .yes
      case .notFound: return .no
      case .gaveUp: return .gaveUp
      }
    case .number:
      guard let number = NumberText.parse(view.text.view, at: value.start, byteCount: value.byteCount) else {
        return .no
      }
      return tables.numbers[Int(atom.parameter)].holds(number) ? .yes : .no
    case .timePart:
      let test = tables.times[Int(atom.parameter)]
      guard let time = TimeText(view.text.view, at: value.start, byteCount: value.byteCount),
        let part = time[test.part]
      else { return .no }
      return Comparison.holds(test.comparison, Double(part), test.value) ? .yes : .no
    case .network:
      let test = tables.networks[Int(atom.parameter)]
      guard let address = AddressText(view.text.view, at: value.start, byteCount: value.byteCount) else { return .no }
      return address.isIPv6 == test.isIPv6 && address.number & test.mask == test.address ? .yes : .no
    case .fieldReference: return refers(value, tables.references[Int(atom.parameter)]) ? .yes : .no
    case .literals, .exists, .null: return .no
    }
  }

  private func match(_ program: Int32, _ text: ByteView, _ start: Int, _ byteCount: Int) -> Answer {
    let starts = tables.wildcardStarts
    let matcher = WildcardMatcher(pieces: tables.wildcardPieces, literals: tables.wildcardBytes)
    let range = Int(starts[Int(program)])..<Int(starts[Int(program) &+ 1])
    switch matcher.match(range, text, start, start &+ byteCount) {
    case .matches: return .yes
    case .differs: return .no
    case .tooLong: return .gaveUp
    }
  }

  /// Whether one of the values of another field stands in the asked place of a value.
  private func refers(_ value: EventView.Value, _ test: ReferenceTest) -> Bool {
    let text = test.isCased ? view.text.view : view.folded.view
    let start = test.isCased ? value.start : value.foldedStart
    let count = test.isCased ? value.byteCount : value.foldedByteCount
    var index = view.firstValue(of: test.other)
    while index >= 0 {
      let other = view.values[Int(index)]
      index = other.next
      if other.isNull { continue }
      let otherStart = test.isCased ? other.start : other.foldedStart
      let otherCount = test.isCased ? other.byteCount : other.foldedByteCount
      guard otherCount <= count else { continue }
      let holds =
        switch test.part {
        case 0: otherCount == count && text.isEqual(at: start, to: text, at: otherStart, byteCount: count)
        case 1: text.isEqual(at: start, to: text, at: otherStart, byteCount: otherCount)
        case 2: text.isEqual(at: start &+ count &- otherCount, to: text, at: otherStart, byteCount: otherCount)
        default:
          text.firstIndex(of: text, at: otherStart, byteCount: otherCount, from: start, to: start &+ count) != nil
        }
      if holds { return true }
    }
    return false
  }
}
