import Collect
import Testing
import WindowsFormats

@Suite struct SplitterTests {
  let record = #"{"EventID":1,"Channel":"c","A":{"b":[1,{"c":"}]\"{"}]}}"#

  @Test func everyWayToPutRecordsTogetherGivesTheSameRecords() {
    let pretty =
      "{\n  \"EventID\": 1,\n  \"Channel\": \"c\",\n  \"A\": {\n \"b\": [\n 1, {\"c\": \"}]\\\"{\"}\n ]\n }\n}"
    let texts = [
      "\(record)\n\(record)\n\(record)\n", "\r\n\(record)\r\n\r\n \t\(record)\r\n\(record)",
      "\(record)\(record) \(record)",
      "\(record),\n\(record),\n\(record)", "[\(record),\(record),\(record)]",
      "[\n\(record),\n\(record)\n]\n[\(record)]",
      "\(pretty)\n\(pretty)\n\(pretty)", "{\"events\":[\(record),\(record),\(record)],\"next\":null}",
      "{\"took\":1,\"hits\":{\"hits\":[{\"_source\":\(record)},{\"_source\":\(record)},{\"_source\":\(record)}]}}",
      "\u{FEFF}\(record)\n\u{FEFF}\(record)\n\(record)",
    ]
    for text in texts {
      for blockSize in [1, 2, 7, 64, 1 << 20] {
        let result = importing(text, blockSize: blockSize)
        #expect(
          result.events.count == 3 && result.ordinals == [1, 2, 3] && result.faults.isEmpty, "\(blockSize) \(text)")
        #expect(Set(result.events.map(\.data)).count == 1)
      }
    }
  }

  @Test func anArrayThatNeverClosesIsReportedBehindItsRecords() {
    for text in ["[\(record),\n", "{\"events\":[\(record)]", "[\(record)"] {
      let result = importing(text)
      #expect(result.events.count == 1)
      #expect(result.faults == [ParseError(.truncated, .jsonRecord, offset: text.utf8.count)])
    }
  }

  @Test func aRecordWithoutAnIdGetsItsPosition() {
    let result = importing("\n\(record)\n\n\n\(record)\n")
    #expect(result.events.map(\.recordID) == [.ordinal(1), .ordinal(2)])
    #expect(result.offsets == [1, record.utf8.count + 4])
  }

  @Test func anEventsOwnListOfObjectsIsNoWrapper() {
    let result = importing(#"{"EventID":1,"Channel":"c","x":{"events":[{"a":1}]},"tags":[{"b":2}]}"#)
    #expect(result.events.count == 1 && result.notEvents == 0)
  }

  @Test(arguments: [1, 5, 1 << 16]) func aCutLineCostsOneRecord(blockSize: Int) {
    let cuts = [#"{"EventID":1,"Channel":"c","A":"cut in a string"#, #"{"EventID":1,"Channel":"c","A":{"b":"#]
    for cut in cuts {
      let text = "\(record)\n\(cut)\n\(record)\n\(record)\n"
      let result = importing(text.replacing("cut in a string\"", with: "cut in a string"), blockSize: blockSize)
      #expect(result.events.count >= 2, "\(cut)")
      #expect(result.faults.first?.structure == .jsonRecord)
      #expect(result.ordinals.last == 4)
    }
  }

  @Test func textThatIsNoRecordIsReportedLineByLine() {
    let result = importing("hello world\n\(record)\n\(record) rest\n\(record)\n")
    #expect(result.events.count == 3)
    #expect(result.faults.map(\.code) == [.invalidSignature, .invalidValue])
    #expect(result.faults.map(\.offset) == [0, 12 + record.utf8.count * 2 + 2])
  }

  @Test func aLineWithAPrefixInFrontOfTheRecordIsRead() {
    let json = importing("<13>1 2026-11-24T12:00:00Z ws1 nxlog - - - \(record)\n")
    let xml = importing("Nov 24 12:00:00 ws1 \(Samples.xml)\n<13>Nov 24 \(Samples.xml)\n")
    #expect(json.events.count == 1 && xml.events.count == 2)
  }

  @Test func eventsWithAndWithoutARootAreFound() {
    let one = Samples.xml
    for text in [
      "\(one)\(one)\(one)", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<Events>\r\n\(one)\r\n\(one)\(one)</Events>",
      "<!-- <Event> --><a:Batch xmlns:a='u' x='>'>\(one)<b/>\(one)<![CDATA[<Event>]]>\(one)</a:Batch>",
      "\(one)\n\(one)\n\(one)\n",
    ] {
      for blockSize in [1, 3, 50, 1 << 20] {
        let result = importing(text, blockSize: blockSize)
        #expect(result.events.count == 3 && result.faults.isEmpty, "\(blockSize) \(text) \(result.faults)")
        #expect(result.ordinals == [1, 2, 3])
      }
    }
  }

  @Test func markupInsideAnEventDoesNotEndIt() throws {
    let text = Samples.xml.replacing(
      "<Data Name='RuleName'></Data>",
      with: "<!-- </Event> --><Data Name='RuleName'><![CDATA[</Event> <Event>]]></Data><Event>x</Event>")
    let event = try #require(importing(text + text).events.last)
    #expect(event.text("RuleName") == "</Event> <Event>" && event.text("Event") == "x")
  }

  @Test func anEventCutBeforeTheNextOneIsReported() {
    let cut = String(Samples.xml.prefix(700))
    let result = importing(Samples.xml + cut + "\n" + Samples.xml)
    #expect(result.events.count == 2 && result.ordinals == [1, 3])
    #expect(result.faults == [ParseError(.truncated, .xmlEvent, offset: Samples.xml.utf8.count)])
  }

  @Test(arguments: [true, false], [true, false]) func utf16IsReadWithOffsetsOfTheFile(bigEndian: Bool, mark: Bool) {
    let text = "\(record)\n{\"EventID\":2,\"Channel\":\"\u{1F5FC}櫓\"}\n\(record)\n\(Samples.xml)"
    var bytes: [UInt8] = []
    for unit in (mark ? [0xFEFF] : []) + Array(text.utf16) {
      bytes += bigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
    for blockSize in [1, 2, 13, 1 << 16] {
      let result = importing(bytes, blockSize: blockSize)
      #expect(result.events.map(\.eventID) == [1, 2, 1, 1])
      #expect(result.events[1].channel == "\u{1F5FC}櫓")
      let first = mark ? 2 : 0
      let second = first + (record.utf16.count + 1) * 2
      let third = second + #"{"EventID":2,"Channel":"\#u{1F5FC}櫓"}"#.utf16.count * 2 + 2
      #expect(Array(result.offsets.prefix(3)) == [first, second, third])
    }
  }
}
