import Foundation
import TestSupport
import Testing

@testable import WindowsFormats

/// Written events come back with their values, by every way of reading.
@Suite struct RoundTripTests {
  @Test func valuesOfEveryTypeKeepTheirTypeInJSON() throws {
    let expected = [
      "Null": "\"\"", "String": "\"plain\"", "Empty": "\"\"", "Japanese": "\"監視の櫓 — やぐら\"", "Emoji": "\"👩‍💻 🏯\"",
      "Markup": "\"<a href=\\\"x\\\">&amp; 'q'</a>\"", "Lines": "\"first\\nsecond\\tthird\"", "AnsiString": "\"café\"",
      "Int8": "-128", "UInt8": "255", "Int16": "-32768", "UInt16": "65535", "Int32": "-2147483648",
      "UInt32": "4294967295", "Int64": "-9223372036854775808", "UInt64": "18446744073709551615", "Float": "1.5",
      "Double": "-0.1", "True": "true", "False": "false", "Bytes": "\"00DEADBEEFFF\"",
      "Guid": "\"00112233-4455-6677-8899-AABBCCDDEEFF\"", "SizeT": "\"0x7fff00001234\"",
      "FileTime": "\"2024-05-14T09:30:00.1234567Z\"", "SystemTime": "\"2024-02-29T23:59:58.987Z\"",
      "Sid": "\"S-1-5-21-1004336348-1177238915-682003330-512\"", "HexInt32": "\"0x80041032\"",
      "HexInt64": "\"0xfedcba9876543210\"",
    ]
    for (name, value) in SampleEvents.values {
      let chunk = try WrittenChunks.of([SampleEvents.plain([.init(name, value)])])[0]
      let wanted = try #require(expected[name])
      #expect(Shapes.data(of: chunk) == "{\"\(name)\":\(wanted)}")
    }
  }

  @Test func arraysAreArrays() throws {
    for (name, value) in SampleEvents.arrays {
      guard case .array(_, let elements) = value else { continue }
      let singles = try elements.map {
        try Shapes.data(of: WrittenChunks.of([SampleEvents.plain([.init("x", $0)])])[0])
      }
      let wanted = singles.map { $0.map { String($0.dropFirst(5).dropLast()) } ?? "?" }.joined(separator: ",")
      let chunk = try WrittenChunks.of([SampleEvents.plain([.init(name, value)])])[0]
      #expect(Shapes.data(of: chunk) == "{\"\(name)\":[\(wanted)]}")
    }
  }

  @Test(arguments: [
    (Value.double(.nan), "\"nan\""), (.double(.infinity), "\"inf\""), (.float(-.infinity), "\"-inf\""),
    (.fileTime(0), "\"1601-01-01T00:00:00.0000000Z\""), (.fileTime(.max), "\"60056-05-28T05:36:10.9551615Z\""),
    (.string("a\u{0}b"), "\"a\\u0000b\""), (.string("end\u{0}\u{0}"), "\"end\""), (.hexInt32(0), "\"0x0\""),
    (.array(of: .uint32, []), "[]"), (.binary([]), "\"\""), (.ansiString([0x80, 0x81]), "\"€\u{81}\""),
  ])
  func extremesHaveAText(value: Value, json: String) throws {
    let chunk = try WrittenChunks.of([SampleEvents.plain([.init("x", value)])])[0]
    #expect(Shapes.data(of: chunk) == "{\"x\":\(json)}")
  }

  @Test func unpairedSurrogatesBecomeReplacementCharacters() throws {
    let units: [UInt8] = [0x41, 0, 0x3C, 0xD8, 0x42, 0, 0xEF, 0xDF, 0x3C, 0xD8]
    let root = Shapes.event(Shapes.eventData(Shapes.data(.text("x"), Shapes.value(0, 1))))
    let chunk = try WrittenChunks.of(root, [BinXMLValue(type: 1, bytes: units)])
    #expect(Shapes.data(of: chunk) == "{\"x\":\"A\u{FFFD}B\u{FFFD}\u{FFFD}\"}")
  }

  @Test func everyDefinitionKeepsItsFieldsInOrder() throws {
    for event in try SampleEvents.everyDefinition() {
      let record = try #require(ReadChunk(try WrittenChunks.of([event])[0]).records.first)
      #expect(record.provider == event.provider.name && record.eventID == UInt32(event.eventID))
      #expect(record.channel == event.channel && record.host == event.computer)
      guard case .eventData(let fields, let binary) = event.payload else { continue }
      let names = fields.map { $0.name ?? "Data" } + (binary == nil ? [] : ["Binary"])
      #expect(record.data.map(\.name) == names)
      for case (let field, .string(let text)) in fields.map({ ($0, $0.value) }) {
        #expect(record.data[field.name ?? ""] == .string(text))
      }
    }
  }

  @Test func keysOfTheLineAreThoseOfTheContractInOrder() throws {
    let keys = [
      "file", "recordId", "time", "host", "channel", "provider", "eventId", "version", "level", "task", "opcode",
      "keywords", "processId", "threadId", "userSid", "activityId", "system", "data", "recovered",
    ]
    for line in ReadChunk(try WrittenChunks.of(SampleEvents.everyDefinition())[0]).lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(Set(object.keys) == Set(keys))
      var at = line.startIndex
      for key in keys {
        let place = try #require(line.range(of: "\"\(key)\":", range: at..<line.endIndex))
        at = place.upperBound
      }
    }
  }
}
