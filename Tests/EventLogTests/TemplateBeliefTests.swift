import TestSupport
import Testing

@testable import WindowsFormats

/// Which definitions recovery takes names from, and which it does not.
@Suite struct TemplateBeliefTests {
  private func chunk(_ names: [String], text: String = "v") throws -> [UInt8] {
    try WrittenChunks.of([SampleEvents.plain(names.map { .init($0, .string("\(text) of \($0)")) })])[0]
  }

  /// The names that recovery gives to the record of a chunk whose header is gone, beside other chunks of the case.
  private func names(_ chunk: [UInt8], beside others: [[UInt8]] = []) -> [String] {
    var survey = EventLogSurvey()
    for other in others { withExactCopy(of: other) { survey.add($0, isDirty: false) } }
    return withExactCopy(of: chunk) { bytes in
      survey.add(bytes, isDirty: false)
      var reader = EventLogRecoveryReader(output: .jsonLines, wholeCase: survey.templates, collectsRecords: true)
      reader.begin(file: "log", templates: TemplatePool())
      reader.recover(bytes, at: 0, live: [], failed: [], kind: .damagedChunk)
      return reader.records.first?.data.map(\.name) ?? []
    }
  }

  private func withoutHeader(_ chunk: [UInt8]) -> [UInt8] { [0] + chunk.dropFirst() }

  private func flipped(_ chunk: [UInt8], _ name: String) throws -> [UInt8] {
    let text = name.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    let place = try #require((0..<chunk.count - text.count).first { Array(chunk[$0..<$0 + text.count]) == text })
    var damaged = chunk
    damaged[place] ^= 1
    return damaged
  }

  @Test func namesOfOneCopyThatNobodyKnowsAreNotBelieved() throws {
    let one = withoutHeader(try chunk(["Zorbelin", "Quixomel"]))
    #expect(names(one) == ["Data"])
  }

  @Test func namesThatTwoCopiesHaveAreBelieved() throws {
    let one = withoutHeader(try chunk(["Zorbelin", "Quixomel"], text: "first"))
    let two = withoutHeader(try chunk(["Zorbelin", "Quixomel"], text: "second"))
    #expect(names(one, beside: [two]) == ["Zorbelin", "Quixomel"])
    // A copy of the same chunk says nothing that the chunk itself does not.
    #expect(names(one, beside: [one, one]) == ["Data"])
  }

  @Test func namesThatAChecksumCoversAreBelieved() throws {
    let live = try chunk(["Zorbelin", "Quixomel"], text: "live")
    let one = withoutHeader(try chunk(["Zorbelin", "Quixomel"]))
    #expect(names(one, beside: [live]) == ["Zorbelin", "Quixomel"])
    #expect(names(try flipped(one, "Zorbelin"), beside: [live]) == ["Zorbelin", "Quixomel"])
    // Not when the checksum is wrong.
    var broken = live
    broken[live.u32(at: 48) - 8] ^= 1
    #expect(names(try flipped(one, "Zorbelin"), beside: [try flipped(broken, "Quixomel")]) == ["Data"])
  }

  @Test func namesOfKnownWordsAreBelievedUntilOneIsDamaged() throws {
    let one = withoutHeader(try chunk(["ProcessCommandLine", "TargetUserName"]))
    #expect(names(one) == ["ProcessCommandLine", "TargetUserName"])
    #expect(names(try flipped(one, "ProcessCommandLine")) == ["Data"])
  }

  @Test func namesAreSplitWhereWordsBegin() {
    #expect(FieldNameWords.split("ProcessCommandLine") == ["Process", "Command", "Line"])
    #expect(FieldNameWords.split("DNSServerIPs_Old") == ["DNS", "Server", "I", "Ps", "Old"])
    #expect(FieldNameWords.split("param1") == nil)
    #expect(FieldNameWords.split("名前") == nil)
    #expect(FieldNameWords.split("") == [])
  }

  @Test func sizesThatDisagreeAreFound() throws {
    let chunk = try chunk(["Zorbelin", "Quixomel"])
    let definitions = chunk.definitions(in: EventLogChunk.headerByteCount..<chunk.u32(at: 48))
    #expect(definitions.count == 2)
    for range in definitions {
      let definition = range.lowerBound + 10
      #expect(chunk.isExact(definition))
      // The size of the definition, and that of its outermost element.
      for offset in [definition + 20, definition + 24 + 7] {
        var other = chunk
        other[offset] ^= 2
        #expect(!other.isExact(definition))
      }
    }
  }

  @Test func valuesThatDoNotFillTheirRecordAreFound() throws {
    let chunk = try chunk(["Zorbelin", "Quixomel"])
    let start = EventLogChunk.headerByteCount
    let size = chunk.u32(at: start + 4)
    func fits(_ chunk: [UInt8], _ length: Int) -> Bool {
      withExactCopy(of: chunk) { RecordGeometry(ByteView($0), start + 24..<start + length - 4) != nil }
    }
    #expect(fits(chunk, size))
    #expect(!fits(chunk, size + 16) && !fits(chunk, size - 16))
  }
}

extension [UInt8] {
  fileprivate func isExact(_ definition: Int) -> Bool {
    withExactCopy(of: self) { DefinitionStructure.isExact(ByteView($0), at: definition) }
  }
}
