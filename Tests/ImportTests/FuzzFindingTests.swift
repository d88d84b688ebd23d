import Collect
import Testing
import WindowsFormats

/// What fuzzing has found, as small as it gets; the inputs themselves are in `FuzzTesting/FailCases/json-import`.
@Suite struct FuzzFindingTests {
  @Test func aLineMayEndAnElementBeforeItStartsOne() {
    let result = importing("lost</Event> <Event a=\"b\n\(Samples.evtxDump)\n")
    #expect(result.events.count == 1)
    let line = Array("lost</Event> <Event ".utf8)
    let outcome = line.withUnsafeBytes { EventNormalizer().normalize($0, offset: 7, ordinal: 1) }
    guard case .failed(let error) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(error.structure == .xmlEvent && error.offset >= 7)
  }
}
