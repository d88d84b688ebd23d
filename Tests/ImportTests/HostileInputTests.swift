import Collect
import Testing
import WindowsFormats

@Suite struct HostileInputTests {
  @Test func everyPrefixDeliversTheRecordsInFrontOfTheCut() {
    let jsonFile = Array("\(Samples.evtxDump)\n\(Samples.nxlogBinding)\n".utf8)
    let arrayFile = Array("[\(Samples.evtxDump),\(Samples.winlogbeat)]".utf8)
    let xmlFile = Array("<Events>\(Samples.xml)\(Samples.xml)</Events>".utf8)
    let cases = [
      (jsonFile, Samples.evtxDump.utf8.count, jsonFile.count - 1),
      (arrayFile, Samples.evtxDump.utf8.count + 1, arrayFile.count - 1),
      (xmlFile, Samples.xml.utf8.count + 8, xmlFile.count - 9),
    ]
    for (bytes, first, second) in cases {
      for length in 0...bytes.count {
        let result = importing(Array(bytes.prefix(length)), blockSize: 97)
        #expect(result.events.count == (length >= second ? 2 : length >= first ? 1 : 0), "\(length)")
      }
    }
  }

  @Test func mutatedSamplesNeitherCrashNorHang() {
    var generator = SeededGenerator(state: 20_261_124)
    let samples = [Samples.xml, Samples.evtxDump, Samples.winlogbeat, Samples.nxlogBinding, Samples.nxlogProcess]
    let alphabet = Array("{}[]\",:\\<>/!?&#;-\n\r\t\0 0123456789eEx".utf8) + [0xFF, 0xFE, 0xEF, 0xC3, 0x80]
    for _ in 0..<6000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes += Array((samples.randomElement(using: &generator) ?? "").utf8) + [10]
      }
      for _ in 0..<Int.random(in: 1...12, using: &generator) {
        let at = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[at] = alphabet.randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: at)
        default: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: at)
        }
      }
      let whole = importing(bytes)
      let parts = importing(bytes, blockSize: Int.random(in: 1...40, using: &generator))
      #expect(whole.events == parts.events, "\(String(decoding: bytes, as: UTF8.self))")
      #expect(whole.offsets == parts.offsets, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test(arguments: [63, 64, 65, 100_000]) func nestingIsLimited(depth: Int) {
    let nested = String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
    let result = importing("{\"EventID\":1,\"Channel\":\"c\",\"d\":\(nested)}\n\(Samples.evtxDump)\n")
    #expect(result.events.count == (depth <= 64 ? 2 : 1))
    #expect(result.faults.map(\.code) == (depth <= 64 ? [] : [.limitExceeded]))
  }

  @Test func deepElementsAreRefused() {
    let deep = String(repeating: "<a>", count: 5000) + String(repeating: "</a>", count: 5000)
    let text = Samples.xml.replacing("<EventData>", with: "<UserData>\(deep)</UserData><EventData>")
    let result = importing(text + Samples.xml)
    #expect(result.events.count == 1 && result.faults.map(\.code) == [.limitExceeded])
  }

  @Test func aRecordPastTheSizeLimitIsSkippedAndTheNextOneRead() {
    let large = "{\"EventID\":1,\"Channel\":\"\(String(repeating: "x", count: 5000))\"}"
    let element = Samples.xml.replacing("cmd.exe", with: String(repeating: "y", count: 5000))
    for (text, count) in [
      ("\(large)\n\(Samples.evtxDump)\n", large.utf8.count), ("[\(large),\(Samples.evtxDump)]", 1),
      ("\(element)\n\(Samples.xml)", element.utf8.count), (String(repeating: "z", count: 5000) + "\n\(Samples.xml)", 0),
    ] {
      for blockSize in [100, 1 << 16] {
        let result = importing(Array(text.utf8), blockSize: blockSize, maximumRecordBytes: 2000)
        #expect(result.events.count == 1, "\(text.prefix(10)) \(blockSize) \(count)")
        #expect(result.faults.map(\.code) == [.limitExceeded] && result.ordinals == [2])
      }
    }
  }

  @Test func documentTypesAreRefusedAndTheirEntitiesNeverExpand() {
    let bomb = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>\n"
    let text = bomb + Samples.xml + "\n" + Samples.xml.replacing("cmd.exe", with: "&b;")
    let result = importing(text)
    #expect(result.events.count == 1)
    #expect(result.faults.first?.code == .unsupported && result.faults.last?.code == .invalidValue)
  }

  @Test func malformedUTF8IsRepaired() throws {
    let bytes =
      Array("{\"EventID\":1,\"Channel\":\"a".utf8) + [0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80] + Array("z\"}".utf8)
    let event = try #require(importing(bytes).events.first)
    #expect(event.channel?.hasPrefix("a\u{FFFD}\u{FFFD}(") == true && event.channel?.hasSuffix("z") == true)
  }

  @Test func charactersThatXMLForbidsAreReplacedAndLineEndsKept() throws {
    let text = Samples.xml.replacing(
      "cmd.exe", with: "a\u{1}b&#x2;c&#0;d\u{FFFF}e\r\nf\tg&#65;&lt;<![CDATA[\u{3}&#4;]]>")
    let event = try #require(importing(text).events.first)
    #expect(event.text("Image") == "C:\\Windows\\System32\\a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e\r\nf\tgA<\u{FFFD}&#4;")
    #expect(event.original?.text == text)
  }

  @Test func numbersKeepWhatTheyAre() throws {
    let text = """
      {"EventID":1,"Channel":"c","a":9223372036854775807,"b":18446744073709551615,"c":-9223372036854775808,\
      "d":18446744073709551616,"e":-9223372036854775809,"f":1.5,"g":123456789012345678901234567890,"h":"007"}
      """
    let event = try #require(importing(text).events.first)
    #expect(
      event.data.map(\.value) == [
        .integer(.max), .unsigned(.max), .integer(.min), .string("18446744073709551616"),
        .string("-9223372036854775809"), .double(1.5), .string("123456789012345678901234567890"), .string("007"),
      ])
  }

  @Test func ofDuplicateKeysTheLastValueWinsInTheFirstPlace() throws {
    let event = try #require(importing(#"{"EventID":1,"Channel":"c","x":1,"y":2,"x":3}"#).events.first)
    #expect(event.data == [EventField("x", .integer(3)), EventField("y", .integer(2))])
  }

  @Test func aNumberOutOfRangeIsKeptUnderItsSourceKey() throws {
    let event = try #require(
      importing(#"{"EventID":1,"Channel":"c","Version":99999999999,"RecordNumber":-1}"#).events.first)
    #expect(event.version == nil && event.system["Version"] == .integer(99_999_999_999))
    #expect(event.recordID == .ordinal(1) && event.system["RecordNumber"] == .integer(-1))
  }

  @Test func nearlyJSONIsReadButNotHandedOnAsJSON() throws {
    let event = try #require(importing("{'EventID':1,'Channel':'c','x':NaN}").events.first)
    #expect(event.original?.isJSON == false && event.eventID == 1)
  }

  @Test func anOriginalOfSeveralLinesFitsOnOne() throws {
    let event = try #require(importing("{\n \"EventID\": 1,\n\t\"Channel\": \"a b\tc\"\n}").events.first)
    #expect(event.original?.text == #"{"EventID":1,"Channel":"a b\u0009c"}"#)
  }

  @Test func aMillionRepeatedNamesAreReadInLinearTime() throws {
    let many = String(repeating: "<Data>x</Data><Data Name='n'>y</Data>", count: 100_000)
    let event = try #require(importing(Samples.xml.replacing("<EventData>", with: "<EventData>" + many)).events.first)
    guard case .array(let values) = event.data["Data"] else {
      Issue.record("no array")
      return
    }
    #expect(values.count == 100_000)
  }
}
