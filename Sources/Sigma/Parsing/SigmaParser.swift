/// Reads rule files: detection rules, correlations and filters of Sigma 2.1.
///
/// A document that cannot be taken as it is meant is refused with the reason and its place; the others of the file are
/// read all the same. Where the specification is silent, pySigma 2.0 is followed.
public struct SigmaParser: Sendable {
  public var placeholders: SigmaPlaceholders
  public var limits: SigmaLimits

  public init(placeholders: SigmaPlaceholders = SigmaPlaceholders(), limits: SigmaLimits = SigmaLimits()) {
    self.placeholders = placeholders
    self.limits = limits
  }

  /// The documents of a file in their order. `path` is only for the places of what is found.
  public func parse(_ bytes: [UInt8], path: String) -> SigmaFile {
    let reading = SigmaReading(path: path, limits: limits, placeholders: placeholders)
    var documents: [Result<SigmaDocument, SigmaDiagnostic>] = []
    for result in YAMLReader(path: path, limits: limits).read(bytes) {
      do throws(SigmaDiagnostic) {
        documents.append(.success(try DocumentReader(reading).document(try result.get())))
      } catch {
        documents.append(.failure(error))
      }
    }
    return SigmaFile(documents: documents, warnings: reading.warnings)
  }

  public func parse(_ text: String, path: String) -> SigmaFile { parse(Array(text.utf8), path: path) }
}

/// What a rule file holds.
public struct SigmaFile: Sendable {
  /// Documents, or why they were refused, in their order. Empty documents are left out.
  public var documents: [Result<SigmaDocument, SigmaDiagnostic>]
  /// What is doubtful about documents that were taken, or about refused ones before their fault was found.
  public var warnings: [SigmaDiagnostic]

  public var accepted: [SigmaDocument] { documents.compactMap { try? $0.get() } }

  public var refusals: [SigmaDiagnostic] {
    documents.compactMap { if case .failure(let diagnostic) = $0 { diagnostic } else { nil } }
  }
}
