import Collect
import TestSupport
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

  @Test(arguments: [
    // Two fields that mean the same and cannot be what it should be.
    (##"{"event_id":1,"channel":{"a":1},"provider_name":"p","Channel":2,"channel.x":3}"##, ["channel"]),
    (##"{"winlog":{"event_id":1,"channel":[],"log_name":{},"record_id":"x","record_number":"y"}}"##, []),
    (##"{"data":{"win":{"system":{"eventID":"1"},"a":1,"A":2,"b":{"c":1,"C":2}}}}"##, ["A", "B"]),
    (##"{"Event":{"System":{"EventID":1},"A":1,"EventData":{"A":2},"UserData":{"A":[3]}}}"##, ["A"]),
  ]) func aNameStandsOnceInALine(text: String, names: [String]) throws {
    let event = try #require(importing(text).events.first)
    #expect(Set(event.system.map(\.name)).count == event.system.count)
    #expect(Set(event.data.map(\.name)).count == event.data.count)
    #expect(try #require(importing(event.line).events.first).line == event.line)
  }

  @Test func repeatedNamesBecomeAnArrayAtEveryDepth() throws {
    let wazuh = ##"{"data":{"win":{"system":{"eventID":"1"},"a":1,"A":2,"b":[{"c":{"d":1}}],"B":{"c":1,"C":2}}}}"##
    let event = try #require(importing(wazuh).events.first)
    #expect(event.data["A"] == .array([.integer(1), .integer(2)]))
    guard case .array(let values) = event.data["B"], case .object(let fields) = values.last else {
      Issue.record("\(event.data)")
      return
    }
    #expect(fields == [EventField("C", .array([.integer(1), .integer(2)]))])
    // Attributes that differ by their prefix only.
    let xml =
      "<Event><System><EventID>1</EventID></System><UserData><E xmlns:a='x' xmlns:b='y' a:n='1' b:n='2'/></UserData></Event>"
    let element = try #require(importing(xml).events.first)
    #expect(
      element.data == [
        EventField(
          "E", .object([EventField("#attributes", .object([EventField("n", .array([.string("1"), .string("2")]))]))]))
      ])
  }

  /// Quadratic work shows here: each of these took minutes.
  @Test(arguments: ["dotted", "numbered", "repeated"]) func manyFieldsCostTimeInProportion(kind: String) throws {
    let count = 60_000
    let text =
      switch kind {
      case "dotted":
        "{\"winlog.event_id\":1,\"winlog.channel\":\"c\","
          + (0..<count).map { "\"winlog.event_data.k\($0)\":1" }.joined(separator: ",") + "}"
      case "numbered":
        "{\"System\":{\"EventID\":1},\"EventData\":{\"P\":0,"
          + (1..<count).map { "\"P_\($0)\":1" }.joined(separator: ",") + "}}"
      default:
        "{\"System\":{\"EventID\":1},\"EventData\":{\"Data\":["
          + repeatElement("{\"@Name\":\"a\",\"#text\":\"b\"}", count: count).joined(separator: ",") + "]}}"
      }
    var imported: Imported?
    let duration = threadTime { imported = importing(text) }
    let event = try #require(imported?.events.first)
    if kind == "dotted" {
      #expect(event.data.count == count)
    } else if case .array(let values) = event.data[kind == "numbered" ? "P" : "a"] {
      #expect(values.count == count)
    } else {
      Issue.record("no array")
    }
    #expect(duration < .seconds(5))
  }

  @Test func dottedKeysKeepWhatAPathAlreadyHas() throws {
    let text =
      ##"{"winlog.event_id":1,"winlog":{"channel":"x"},"winlog.channel":"c","winlog.event_data.a.b":1,"##
      + ##""winlog.event_data.a.b":2,"winlog.event_data":3,"winlog.event_id.x":4,"event":{"code":9},"event.provider":"p"}"##
    let event = try #require(importing(text).events.first)
    #expect(event.eventID == 1 && event.channel == "c" && event.provider == "p")
    #expect(event.data == [EventField("a.b", .integer(2))])
  }

  @Test func namesThatXMLDoesNotTakeAreReplaced() throws {
    let text = ##"{"Event":{"System":{"EventID":1},"UserData":{"1ªé\u0301あー":{"-a b":1,"":2,"µ":3,"監視.1":4}}}}"##
    let event = try #require(importing(text).events.first)
    var sink = ByteSink()
    event.appendXMLLine(to: &sink)
    let xml = sink.string()
    #expect(xml.contains("<_1_é_あー><_-a_b>1</_-a_b><_>2</_><_>3</_><監視.1>4</監視.1></_1_é_あー>"), "\(xml)")
    #expect(importing(xml).events.count == 1)
  }

  @Test func aLineCannotEndTheCommentOfItsRecovery() throws {
    let line =
      ##"{"recordId":1,"system":{},"data":{},"recovered":true,"offset":5,"recoveredFrom":"--><Event>x","template":"a--b"}"##
    let event = try #require(importing(line).events.first)
    var sink = ByteSink()
    event.appendXMLLine(to: &sink)
    #expect(sink.string().hasPrefix("<!-- recovered from -___Event_x at offset 5, template: a-_b --><Event xmlns="))
  }

  @Test func aBlockMayEndInFrontOfALineThatStartsARecord() {
    // The rest of the wrapper is missing, so the brace at the start of the line begins a record.
    let text = "{\"hits\":{\"hits\":[{\"EventID\":1,\"Channel\":\"a\"}]\n{\"EventID\":2,\"Channel\":\"b\"}\n"
    let whole = importing(text)
    #expect(whole.events.map(\.eventID) == [1, 2])
    for size in 1...text.utf8.count {
      let parts = importing(text, blockSize: size)
      #expect(parts.events == whole.events && parts.faults == whole.faults && parts.offsets == whole.offsets, "\(size)")
    }
  }

  @Test func textThatEndsInAnEscapeLeavesNothingForTheNext() throws {
    let normalizer = EventNormalizer()
    let cut = Array("{\"EventID\":1,\"Channel\":\"\\ud83c\\".utf8)
    let next = Array("{\"EventID\":1,\"Channel\":\"\\u0041\"}".utf8)
    _ = cut.withUnsafeBytes { normalizer.normalize($0, offset: 0, ordinal: 1) }
    let outcome = next.withUnsafeBytes { normalizer.normalize($0, offset: 0, ordinal: 2) }
    guard case .event(let event) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(event.channel == "A")
  }

  @Test func aNameThatWasAValueMayHoldZero() throws {
    let text = ##"{"winlog":{"event_id":1,"user_data":{"xml_name":"a\u0000b","x":"\u0000"}}}"##
    let event = try #require(importing(text).events.first)
    #expect(event.data == [EventField("a\u{FFFD}b", .object([EventField("x", .string("\0"))]))])
    #expect(try #require(importing(event.line).events.first).line == event.line)
  }
}
