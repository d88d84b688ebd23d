import Collect
import Testing
import WindowsFormats

@Suite struct RecognitionTests {
  private func kind(_ text: String, name: String = "x.txt") -> EvidenceKind { kind(Array(text.utf8), name: name) }

  private func kind(_ bytes: [UInt8], name: String = "x.txt") -> EvidenceKind {
    bytes.withUnsafeBytes { EvidenceKind(head: ByteView($0), name: name) }
  }

  private func utf16(_ text: String, mark: Bool, bigEndian: Bool = false) -> [UInt8] {
    (mark ? [0xFEFF] : []).appending(contentsOf: text.utf16).flatMap { unit -> [UInt8] in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return bigEndian ? bytes.reversed() : bytes
    }
  }

  @Test func anEventLogIsOneUnderAnyName() {
    #expect(kind(Sample.log(), name: "holiday.jpg") == .eventLog)
    #expect(kind("ElfChnk\0rest") == .eventLog)
    let wiped = [UInt8](repeating: 0, count: 4096) + Array("ElfChnk\0".utf8)
    #expect(kind(wiped) == .eventLog)
    #expect(kind([UInt8](repeating: 0, count: 5000), name: "Security.evtx") == .other)
  }

  @Test func jsonIsTextThatBeginsLikeAnObjectOrAList() {
    for text in [#"{"a":1}"#, "  \r\n[\n {\"a\":1}]", "\u{FEFF}{\"a\":1}", "{}", "[]", "[[1]]"] {
      #expect(kind(text) == .jsonEvents, "\(text)")
    }
    for text in ["[section]\nkey=1", "{ Get-Process }", "[", "{", "[CmdletBinding()]"] {
      #expect(kind(text) == .other, "\(text)")
    }
  }

  @Test func xmlCountsWhenItHoldsAnEvent() {
    #expect(kind("<?xml version='1.0'?><Events><Event xmlns='x'/></Events>") == .xmlEvents)
    #expect(kind("<Event>") == .xmlEvents)
    #expect(kind("<Task><Triggers><EventTrigger/></Triggers></Task>") == .other)
    #expect(kind("<events><event/></events>") == .other)
    #expect(kind("text <Event>") == .other)
  }

  @Test(arguments: [true, false]) func utf16IsReadInBothOrdersWithAndWithoutMark(bigEndian: Bool) {
    for mark in [true, false] {
      #expect(kind(utf16("<Events>\n<Event xmlns=''>", mark: mark, bigEndian: bigEndian)) == .xmlEvents)
      #expect(kind(utf16(#"{"a":"日本"}"#, mark: mark, bigEndian: bigEndian)) == .jsonEvents)
      #expect(kind(utf16("instance of __EventFilter", mark: mark, bigEndian: bigEndian)) == .mof)
    }
  }

  @Test func hivesAndRepositoriesAreRecognised() {
    #expect(kind("regf....", name: "SYSTEM") == .registryHive)
    for name in [
      "OBJECTS.DATA", "objects.data", "Index.btr", "MAPPING1.MAP", "mapping12.map", "0007_OBJECTS.DATA_data",
    ] {
      #expect(kind("anything", name: name) == .cimRepository, "\(name)")
    }
    for name in ["OBJECTS.DATA.txt", "MAPPING.MAP", "MAPPINGX.MAP", "notes"] {
      #expect(kind("anything", name: name) == .other, "\(name)")
    }
  }

  @Test func scriptsGoByExtensionAndMofAlsoByItsWords() {
    for name in ["a.ps1", "a.VBS", "b.wsf", "c.hta", "d.bat", "a.b.js"] {
      #expect(kind("x", name: name) == .script, "\(name)")
    }
    #expect(kind("x", name: "a.mof") == .mof)
    #expect(kind("FOMB....", name: "a") == .mof)
    #expect(kind("#PRAGMA NAMESPACE(\"root\")") == .mof)
    #expect(kind("Instance Of __EventFilter as $f") == .mof)
    #expect(kind("ps1", name: "ps1") == .other)
  }

  @Test func nothingIsEmpty() {
    #expect(kind([], name: "OBJECTS.DATA") == .empty)
  }

  @Test func noHeadOfAnyLengthIsReadPastItsEnd() {
    let full = utf16("<Events><Event>", mark: true) + Sample.log()
    for count in 0..<full.count { _ = kind(Array(full[..<count])) }
  }
}

extension Array {
  fileprivate func appending(contentsOf more: some Sequence<Element>) -> [Element] { self + Array(more) }
}
