import CArchive
import Collect
import Testing

@Suite struct NameTests {
  @Test func japaneseNamesSurviveWhateverTheLocaleIs() throws {
    for builder in ContainerTests.archives {
      let walk = Walk(try builder.build([.init("証拠/ソース.evtx", Sample.log())]), as: "x")
      #expect(walk.paths == ["x!証拠/ソース.evtx"])
      #expect(walk.diagnostics == [])
    }
  }

  @Test func codePage932IsReadFromAZipThatDoesNotSayIt() throws {
    var builder = ArchiveBuilder.zip
    builder.namesAreUTF8 = false
    // 証拠/ソース.evtx, whose first katakana has a backslash for its second byte.
    let name: [UInt8] = [0x8F, 0xD8, 0x8B, 0x92, 0x2F, 0x83, 0x5C, 0x81, 0x5B, 0x83, 0x58]
    let walk = Walk(try builder.build([.init(name: name + Array(".evtx".utf8), Sample.log())]), as: "x")
    #expect(walk.paths == ["x!証拠/ソース.evtx"])
  }

  @Test func aNameInNoKnownEncodingIsRepairedAndTheMemberKept() throws {
    var builder = ArchiveBuilder.zip
    builder.namesAreUTF8 = false
    let walk = Walk(
      try builder.build([
        .init(name: [0xFF, 0xFE] + Array(".evtx".utf8), Sample.log()),
        .init(name: [0x81] + Array("caf".utf8) + [0xE9] + Array(".evtx".utf8), Sample.log()),
      ]), as: "x")
    #expect(walk.evidence.count == 2)
    #expect(walk.paths.first == "x!\u{FFFD}\u{FFFD}.evtx")
  }

  @Test func hostileNamesStayText() throws {
    let names = ["../../etc/passwd", "/absolute", "a\u{1B}[31m\n.evtx", "C:\\Windows\\x.evtx"]
    let walk = Walk(try ArchiveBuilder.tar.build(names.map { .init($0, Sample.log()) }), as: "x")
    #expect(walk.paths == names.map { "x!\($0)" })
  }

  @Test func backslashesSeparateFolders() throws {
    let archive = try ArchiveBuilder.zip.build([
      .init("wbem\\Repository\\OBJECTS.DATA", [1, 2]), .init("wbem\\", []),
    ])
    #expect(Walk(archive).kinds == [.cimRepository])
    let tar = try ArchiveBuilder.tar.build([.init("wbem\\Repository\\INDEX.BTR", [1, 2])])
    let walk = Walk(tar, as: "x")
    #expect(walk.paths == ["x!wbem\\Repository\\INDEX.BTR"])
    #expect(walk.kinds == [.cimRepository])
  }

  @Test(arguments: [
    (
      "uploads/auto/C%3A/Windows/System32/winevt/Logs/Microsoft-Windows-WMI-Activity%254Operational.evtx",
      #"C:\Windows\System32\winevt\Logs\Microsoft-Windows-WMI-Activity%4Operational.evtx"#
    ),
    ("uploads/ntfs/%5C%5C.%5CC%3A/Windows/a%20b%254Debug.evtx", #"C:\Windows\a b%4Debug.evtx"#),
    (
      "uploads/ntfs/%5C%5C%3F%5CGLOBALROOT%5CDevice%5CHarddiskVolumeShadowCopy1/Windows/x.evtx",
      #"\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1\Windows\x.evtx"#
    ),
    ("case/C/Windows/System32/winevt/logs/A%4Debug.evtx", #"C:\Windows\System32\winevt\logs\A%4Debug.evtx"#),
    ("d/Users/me/x.ps1", #"D:\Users\me\x.ps1"#),
    ("C/Windows.old/x.evtx", #"C:\Windows.old\x.evtx"#),
    ("results/Windows.Events.json", nil),
    ("uploads/web/photo%20one/x.evtx", nil),
    ("C/src/x.evtx", nil),
  ])
  func theOriginalPathIsReadFromTheLayoutOfTheCollection(name: String, original: String?) throws {
    let walk = Walk(try ArchiveBuilder.zip.build([.init(name, Sample.log())]), as: "x.zip")
    #expect(walk.paths == ["x.zip!\(name)"])
    #expect(walk.evidence.first?.originalPath == original)
  }
}
