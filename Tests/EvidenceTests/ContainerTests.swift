import CArchive
import Collect
import Testing

@Suite struct ContainerTests {
  static let filters = [ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD]
  static let archives: [ArchiveBuilder] =
    [.zip, .sevenZip, .tar] + filters.map { ArchiveBuilder(format: ARCHIVE_FORMAT_TAR_USTAR, filter: $0) }

  @Test(arguments: archives.indices) func membersOfEveryFormatAreDelivered(index: Int) throws {
    let log = Sample.log(200_000)
    let archive = try Self.archives[index].build([
      .init("logs/", []), .init("logs/Security.evtx", log), .init("readme.txt", Array("nothing".utf8)),
      .init("events.json", Sample.json), .init("empty.evtx", []),
    ])
    // The extension says nothing.
    let walk = Walk(archive, as: "folder/given.bin")
    #expect(
      Set(walk.paths) == [
        "folder/given.bin!logs/Security.evtx", "folder/given.bin!events.json", "folder/given.bin!empty.evtx",
      ])
    #expect(walk.diagnostics == [])
    let found = try #require(walk.evidence.first { $0.kind == .eventLog })
    #expect(found.contents == log)
    #expect(found.modificationTimeNanoseconds == 1_600_000_000_000_000_000)
    #expect(found.isComplete)
    #expect(walk.evidence.first { $0.path.hasSuffix("empty.evtx") }?.kind == .empty)
    #expect(walk.summary.skippedMembers == 1)
    #expect(walk.summary.members == 4)
  }

  @Test(arguments: filters) func aCompressedFileKeepsItsPath(filter: Int32) throws {
    let log = Sample.log(5_000_000)
    let walk = Walk(try ArchiveBuilder.compressed(filter, log), as: "a/x.evtx.gz")
    #expect(walk.paths == ["a/x.evtx.gz"])
    #expect(walk.kinds == [.eventLog])
    #expect(walk.evidence.first?.contents == log)
  }

  @Test func aCompressedRepositoryFileGoesByItsNameWithoutTheExtension() throws {
    let walk = Walk(try ArchiveBuilder.compressed(ARCHIVE_FILTER_GZIP, [1, 2, 3]), as: "OBJECTS.DATA.gz")
    #expect(walk.kinds == [.cimRepository])
  }

  /// The library takes a stream that begins with zeros for an empty tar.
  @Test func aCompressedLogWithAWipedHeaderIsNoTar() throws {
    let wiped = [UInt8](repeating: 0, count: 4096) + Array("ElfChnk\0".utf8)
    #expect(Walk(try ArchiveBuilder.compressed(ARCHIVE_FILTER_GZIP, wiped), as: "x.evtx.gz").kinds == [.eventLog])
  }

  @Test func anArchiveInAnArchiveIsOpenedAndAThirdIsRefused() throws {
    let inner = try ArchiveBuilder.zip.build([.init("c.evtx", Sample.log())])
    let middle = try ArchiveBuilder.sevenZip.build([.init("b.zip", inner), .init("d.evtx", Sample.log())])
    let outer = try ArchiveBuilder.zip.build([.init("a.7z", middle), .init("after.evtx", Sample.log())])
    let two = Walk(middle, as: "m.7z")
    #expect(Set(two.paths) == ["m.7z!b.zip!c.evtx", "m.7z!d.evtx"])
    #expect(two.diagnostics == [])
    let three = Walk(outer, as: "o.zip")
    #expect(Set(three.paths) == ["o.zip!a.7z!d.evtx", "o.zip!after.evtx"])
    #expect(three.codes == [.limitExceeded])
    #expect(three.diagnostics.first?.path == "o.zip!a.7z!b.zip")
    #expect(three.diagnostics.first?.detail == "nesting")
  }

  @Test func compressionCountsAsAContainer() throws {
    let once = try ArchiveBuilder.compressed(ARCHIVE_FILTER_GZIP, Sample.log())
    let twice = try ArchiveBuilder.compressed(ARCHIVE_FILTER_XZ, once)
    let thrice = try ArchiveBuilder.compressed(ARCHIVE_FILTER_GZIP, twice)
    #expect(Walk(twice, as: "x").kinds == [.eventLog])
    #expect(Walk(thrice, as: "x").codes == [.limitExceeded])
    // The library would unpack the same compression any number of times by itself.
    let same = try ArchiveBuilder.compressed(ARCHIVE_FILTER_GZIP, ArchiveBuilder.compressed(ARCHIVE_FILTER_GZIP, once))
    #expect(Walk(same, as: "x").codes == [.limitExceeded])
  }

  @Test func membersComeInTheOrderOfTheArchive() throws {
    let names = ["b.evtx", "a.evtx", "z/c.evtx", "d.evtx"]
    let walk = Walk(try ArchiveBuilder.zip.build(names.map { .init($0, Sample.log()) }), as: "x")
    #expect(walk.paths == names.map { "x!\($0)" })
  }

  @Test func evidenceOutlivesTheWalkAndIsReadByPosition() throws {
    let log = Sample.log(100_000)
    let archive = try ArchiveBuilder.zip.build([.init("a.evtx", log)])
    let evidence = try #require(Walk(archive).evidence.first)
    var bytes = [UInt8](repeating: 0, count: 100)
    #expect(bytes.withUnsafeMutableBytes { evidence.read(into: $0, at: 99_950) } == 50)
    #expect(Array(bytes[..<50]) == Array(log[99_950...]))
    #expect(evidence.fileDescriptor >= 0)
  }

  @Test func aHoleOfASparseFileBecomesZeros() throws {
    let walk = Walk(
      try ArchiveBuilder.tar.build([.init("a.evtx", Sample.log(4096), zeroCount: 65_536, isSparse: true)]))
    let contents = try #require(walk.evidence.first?.contents)
    #expect(contents.count == 4096 + 65_536)
    #expect(contents[4096...].allSatisfy { $0 == 0 })
  }

  @Test func anEncryptedMemberIsNamedAndTheRestIsRead() throws {
    var builder = ArchiveBuilder.zip
    builder.passphrase = "secret"
    builder.options = "zip:encryption=aes256"
    let walk = Walk(try builder.build([.init("a.evtx", Sample.log())]), as: "x.zip")
    #expect(walk.paths == [])
    #expect(walk.codes == [.encrypted])
    #expect(walk.diagnostics.first?.path == "x.zip!a.evtx")
    builder.options = "zip:encryption=zipcrypt"
    #expect(Walk(try builder.build([.init("a.evtx", Sample.log())])).codes == [.encrypted])
  }
}
