import Collect
import Testing
import WindowsFormats

@Suite struct CanonicalTests {
  @Test func ourOwnLinesComeBackByteForByte() throws {
    let lines = [Samples.xml, Samples.evtxDump, Samples.winlogbeat, Samples.nxlogBinding, Samples.nxlogProcess].flatMap
    {
      importing($0).events.map(\.line)
    }
    let made = """
      {"file":"f","recordId":"#3","time":null,"host":null,"channel":"c","provider":null,"eventId":1,"version":null,"level":\
      null,"task":null,"opcode":null,"keywords":"words here","processId":null,"threadId":null,"userSid":null,"activityId":\
      null,"system":{"x":[]},"data":{"n":null,"t":true,"d":0.1,"e":-0.5,"u":18446744073709551615,"o":{"#text":"\\u0001"}},\
      "recovered":true,"offset":4096,"recoveredFrom":"slack","template":"none","renderingInfo":{"Message":"m"}}\n
      """
    #expect(lines.count == 5)
    for line in lines + [made] {
      let event = try #require(importing(line).events.first)
      #expect(event.line == line)
      #expect(event.original?.shape == "yagura")
    }
  }

  @Test func theOriginalInsideALineIsHandedOn() throws {
    for sample in [Samples.nxlogBinding, Samples.xml] {
      let first = try #require(importing(sample).events.first)
      var sink = ByteSink()
      first.appendJSONLine(file: "f", to: &sink)
      let again = try #require(importing(sink.string()).events.first)
      #expect(again == first)
    }
  }
}
