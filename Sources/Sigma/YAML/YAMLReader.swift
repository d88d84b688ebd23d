import Yams

/// Reads the documents of a rule file as nodes, within limits; see `YAMLPrecheck` for why they are checked twice.
struct YAMLReader {
  let path: String
  let limits: SigmaLimits

  /// One result for each document that is not empty.
  func read(_ bytes: [UInt8]) -> [Result<YAMLNode, SigmaDiagnostic>] {
    guard bytes.count <= limits.maximumBytes else {
      return [.failure(diagnostic(.fileTooLarge, "\(bytes.count)", Place(line: 1, column: 1)))]
    }
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    var results: [Result<YAMLNode, SigmaDiagnostic>] = []
    for (index, part) in YAMLDocuments(bytes).enumerated() {
      guard index < limits.maximumDocuments else {
        let place = Place(line: part.lineOffset + 1, column: 1)
        results.append(.failure(diagnostic(.tooManyDocuments, "\(limits.maximumDocuments)", place)))
        break
      }
      read(bytes[part.bytes], lineOffset: part.lineOffset, into: &results)
    }
    return results
  }

  private func read(
    _ bytes: ArraySlice<UInt8>, lineOffset: Int, into results: inout [Result<YAMLNode, SigmaDiagnostic>]
  ) {
    let start = Place(line: lineOffset + 1, column: 1)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return results.append(.failure(diagnostic(.notUTF8, "", firstInvalidLine(bytes, after: lineOffset))))
    }
    let precheck = YAMLPrecheck(bytes)
    if precheck.structuralCharacters > limits.maximumStructuralCharacters {
      return results.append(.failure(diagnostic(.tooManyValues, "\(precheck.structuralCharacters)", start)))
    }
    if precheck.aliasedBytes(of: bytes.count) > limits.maximumAliasedBytes {
      return results.append(.failure(diagnostic(.tooManyAliases, "\(precheck.aliases)", start)))
    }
    do throws(SigmaDiagnostic) {
      // Types are decided by `YAMLScalar`; with the resolver that has no rules the library does not look for them.
      let parser = try library(lineOffset) { try Parser(yaml: text, resolver: .basic, encoding: .utf8) }
      while let root = try library(lineOffset, { try parser.nextRoot() }) {
        var conversion = YAMLConversion(reader: self, lineOffset: lineOffset)
        let node = try conversion.node(root, depth: 0)
        if !node.isNull { results.append(.success(node)) }
      }
    } catch {
      results.append(.failure(error))
    }
  }

  func diagnostic(_ reason: SigmaDiagnostic.Reason, _ subject: String, _ place: Place) -> SigmaDiagnostic {
    SigmaDiagnostic(reason, subject, at: SigmaLocation(path: path, line: place.line, column: place.column))
  }

  /// The line of the first byte that is no UTF-8. Line breaks are never part of a longer sequence.
  private func firstInvalidLine(_ bytes: ArraySlice<UInt8>, after lineOffset: Int) -> Place {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let index = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    return Place(line: lineOffset + (index ?? 0) + 1, column: 1)
  }

  /// Runs a call of the library and says what it found wrong, and where.
  private func library<Value>(_ lineOffset: Int, _ body: () throws -> Value) throws(SigmaDiagnostic) -> Value {
    do {
      return try body()
    } catch let error as YamlError {
      throw translated(error, lineOffset)
    } catch {
      throw diagnostic(.invalidYAML, "", Place(line: lineOffset + 1, column: 1))
    }
  }

  private func translated(_ error: YamlError, _ lineOffset: Int) -> SigmaDiagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let reason: SigmaDiagnostic.Reason = problem.contains("nesting level") ? .tooDeep : .invalidYAML
      return diagnostic(reason, problem, Place(line: lineOffset + mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let keys, let context):
      let place = Place(line: lineOffset + max(context.mark.line, 1), column: max(context.mark.column, 1))
      return diagnostic(.duplicateKey, String(keys.first?.prefix(200) ?? ""), place)
    case .reader(let problem, let offset, _, let yaml):
      let before = yaml.prefix(offset ?? 0)
      return diagnostic(
        .invalidYAML, problem, Place(line: lineOffset + 1 + before.count(where: \.isNewline), column: 1))
    default:
      return diagnostic(.invalidYAML, "", Place(line: lineOffset + 1, column: 1))
    }
  }
}
