import Foundation
import FoundationXML
import Testing
import WindowsFormats

/// `--format csv` and `--format xml`, with texts that attackers choose.
@Suite struct FormTests {
  private let hostile = [
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "|x", "%x", "a,b", "say \"no\"", "first\r\nsecond", "tab\tin", "",
    "bell\u{7}\u{1B}[31m", "\u{202E}gpj.exe", "日本 👩‍💻", "\\u0041 \\ /", "]]> & < > ' &amp;", "\u{FFFE}\u{FFFF}",
    "\u{0}nul\u{0}", "＝1＋2",
  ]
  let folder: TemporaryFolder
  let log: String

  init() throws {
    folder = try TemporaryFolder()
    log = try folder.write("a.evtx", Logs.bytes(hostile.map { Logs.text($0) }))
  }

  @Test func csvIsReadBackByTheLetter() throws {
    let run = try Tool.events(log, "--format", "csv")
    let rows = try CSV.rows(run.text)
    let header = try #require(rows.first)
    #expect(header.first == "file" && header.contains("data") && header.last == "offset")
    #expect(rows.allSatisfy { $0.count == header.count })
    let column = try #require(header.firstIndex(of: "data"))
    let texts = try rows.dropFirst().map { try JSONLine($0[column]).text("Text") }
    #expect(texts == (try Tool.events(log).texts))
    #expect(texts.count == hostile.count)
  }

  @Test func noCellBeginsAFormula() throws {
    for start in ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A"] {
      var event = Logs.text("")
      event.computer = start
      let run = try Tool.events(folder.write("b.evtx", Logs.bytes([event])), "--format", "csv")
      let row = try CSV.rows(run.text)[1]
      #expect(row[3] == "'" + start, "\(row[3])")
    }
  }

  @Test func csvOfNothingIsItsHeader() throws {
    let run = try Tool.events(log, "--format", "csv", "--where", "Text=absent")
    #expect(try CSV.rows(run.text).count == 1)
  }

  /// Everything that XML has, and everything as the parser of another hand reads it.
  private func dataTexts(ofXML bytes: [UInt8]) -> [String]? {
    final class Reader: NSObject, XMLParserDelegate {
      var texts: [String] = []
      var isInside = false
      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
      ) {
        isInside = name == "Data"
        if isInside { texts.append("") }
      }
      func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        isInside = false
      }
      func parser(_ parser: XMLParser, foundCharacters string: String) {
        if isInside { texts[texts.count - 1] += string }
      }
    }
    let reader = Reader()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    return parser.parse() ? reader.texts : nil
  }

  @Test(arguments: [[], ["--recover"]]) func xmlIsWellFormed(options: [String]) throws {
    let run = try Tool.run(["events", log, "--format", "xml"] + options)
    let texts = try #require(dataTexts(ofXML: run.output), "\(run.text)")
    #expect(texts.count == hostile.count)
    for (text, original) in zip(texts, hostile)
    where original.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value < 0xFFFE }) {
      #expect(text == original)
    }
  }

  @Test func xmlOfRecoveredRecordsAndOfExportsIsWellFormed() throws {
    let raw = try folder.write("raw.bin", Array("garbage \u{1}".utf8) + folder.read("a.evtx").dropFirst(4096))
    let export = try folder.write("b.jsonl", try Tool.events(log).output)
    #expect(try dataTexts(ofXML: Tool.events(raw, "--recover", "--format", "xml").output)?.count == hostile.count)
    #expect(try dataTexts(ofXML: Tool.events(export, "--format", "xml").output)?.count == hostile.count)
    let odd =
      #"{"EventID":1,"Computer":"x","Channel":"System","EventData":{"a b":"1","<x>":"\u0001\ud800","Ⓐª\uffff":{"Ⓑ\u0300":"\uffff"},"1":{"é":null}}}"#
    let run = try Tool.events(folder.write("c.json", odd + "\n"), "--format", "xml")
    #expect(dataTexts(ofXML: run.output) != nil, "\(run.text)")
  }

  @Test func xmlOfNothingIsStillADocument() throws {
    #expect(try dataTexts(ofXML: Tool.events(log, "--format", "xml", "--where", "Text=absent").output) == [])
  }

  @Test func xmlThatWasWrittenIsReadAgain() throws {
    let path = try folder.write("a.xml", try Tool.events(log, "--format", "xml").output)
    let again = try Tool.events(path)
    #expect(again.status == 0, "\(again.errors)")
    #expect(try again.records.count == hostile.count)
    #expect(try again.records.allSatisfy { $0.number("eventId") == 1000 && $0.text("host") == "WKS01.corp.example" })
  }

  @Test func jsonLinesOfHostileTextsAreOneLineEach() throws {
    let run = try Tool.events(log)
    #expect(try run.records.count == hostile.count)
    #expect(!run.output.contains { $0 < 32 && $0 != 10 })
  }
}
