import Collect
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: SharedCorpora.exist, "the corpora are not here")) struct CorpusTests {
  @Test func everyEventLogOfTheCorpusIsFound() throws {
    let root = try #require(SharedCorpora.root).appendingPathComponent("logs").path
    var logs: Set<String> = []
    var archives: Set<String> = []
    for case let name as String in try #require(FileManager.default.enumerator(atPath: root)) {
      let path = "\(root)/\(name)"
      if name.hasSuffix(".evtx") || name.hasSuffix(".evtx.gz") { logs.insert(path) }
      if name.hasSuffix(".zip") || name.hasSuffix(".tar.gz") { archives.insert(path) }
    }
    let walker = EvidenceWalker(paths: [root])
    var found: Set<String> = []
    var opened: Set<String> = []
    var diagnostics: [EvidenceDiagnostic] = []
    while let step = walker.next() {
      switch step {
      case .evidence(let evidence):
        if let mark = evidence.path.firstIndex(of: "!") {
          opened.insert(String(evidence.path[..<mark]))
        } else if evidence.kind == .eventLog {
          found.insert(evidence.path)
        }
      case .diagnostic(let diagnostic): diagnostics.append(diagnostic)
      }
    }
    #expect(found == logs)
    #expect(opened == archives)
    #expect(diagnostics == [])
  }
}
