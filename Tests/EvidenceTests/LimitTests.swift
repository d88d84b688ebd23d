import CArchive
import Collect
import TestSupport
import Testing

@Suite struct LimitTests {
  private static let gibibyte = 1 << 30
  private static let manyZeros = 96 << 20

  @Test(arguments: [true, false]) func aBombIsRefusedByItsRatioInBoundedMemory(isZip: Bool) throws {
    let bomb =
      isZip
      ? try ArchiveBuilder.zip.build([
        .init("a.evtx", Sample.log(), zeroCount: Self.gibibyte), .init("b.evtx", Sample.log()),
      ]) : try ArchiveBuilder.compressed(ARCHIVE_FILTER_GZIP, Sample.log(), zeroCount: Self.manyZeros)
    let before = peakMemoryByteCount()
    var walk: Walk?
    let duration = threadTime { walk = Walk(bomb, as: "bomb") }
    #expect(walk?.codes == [.limitExceeded])
    #expect(walk?.diagnostics.first?.detail == "ratio")
    #expect(walk?.diagnostics.first?.path == (isZip ? "bomb!a.evtx" : "bomb"))
    #expect(walk?.evidence.count == 0)
    #expect(duration < .seconds(5))
    #expect(peakMemoryByteCount() - before < 64 << 20)
  }

  @Test func aMemberOfNoKindIsNotEvenUnpackedFromAZip() throws {
    let archive = try ArchiveBuilder.zip.build([
      .init("pagefile.sys", [1], zeroCount: Self.manyZeros), .init("b.evtx", Sample.log()),
    ])
    let walk = Walk(archive, as: "x")
    #expect(walk.paths == ["x!b.evtx"])
    #expect(walk.diagnostics == [])
  }

  @Test func whatHasToBeReadThroughCountsForTheRatio() throws {
    let tar = ArchiveBuilder(format: ARCHIVE_FORMAT_TAR_USTAR, filter: ARCHIVE_FILTER_GZIP)
    let archive = try tar.build([.init("zeros", [1], zeroCount: Self.manyZeros), .init("b.evtx", Sample.log())])
    #expect(Walk(archive).codes == [.limitExceeded])
  }

  @Test func theWalkGoesOnAfterARefusedArchive() throws {
    let folder = try TemporaryFolder()
    let bomb = try ArchiveBuilder.zip.build([.init("a.evtx", Sample.log(), zeroCount: 64 << 20)])
    try folder.write("a.zip", try ArchiveBuilder.zip.build([.init("b.zip", bomb), .init("lost.evtx", Sample.log())]))
    try folder.write("z.evtx", Sample.log())
    let walk = Walk([folder.path])
    #expect(walk.order == ["\(folder.path)/a.zip!b.zip!a.evtx", "\(folder.path)/z.evtx"])
  }

  @Test func duplicatesInASolidArchiveAreNoBomb() throws {
    let log = Sample.log(6 << 20)
    let archive = try ArchiveBuilder.sevenZip.build((0..<8).map { .init("\($0).evtx", log) })
    #expect(archive.count < 8 << 20)
    let walk = Walk(archive)
    #expect(walk.evidence.count == 8)
    #expect(walk.diagnostics == [])
  }

  @Test func eachLimitHasItsName() throws {
    let archive = try ArchiveBuilder.zip.build((0..<10).map { .init("\($0).evtx", Sample.log(1000)) })
    var limits = ContainerLimits()
    limits.maximumMembers = 4
    let members = Walk(archive, limits: limits)
    #expect(members.evidence.count == 4)
    #expect(members.diagnostics.map(\.detail) == ["members"])

    limits = ContainerLimits()
    limits.maximumMemberBytes = 999
    #expect(Walk(archive, limits: limits).diagnostics.map(\.detail) == ["member-bytes"])

    limits = ContainerLimits()
    limits.maximumTotalBytes = 5500
    let total = Walk(archive, limits: limits)
    #expect(total.evidence.count == 5)
    #expect(total.diagnostics.map(\.detail) == ["total-bytes"])

    limits = ContainerLimits()
    limits.maximumNameBytes = 10
    let long = try ArchiveBuilder.zip.build([.init("a/long/name.evtx", Sample.log()), .init("b.evtx", Sample.log())])
    let named = Walk(long, as: "x", limits: limits)
    #expect(named.paths == ["x!b.evtx"])
    #expect(named.diagnostics.map(\.detail) == ["name-bytes"])
  }

  @Test func theTotalStartsAnewWithTheNextArchive() throws {
    let folder = try TemporaryFolder()
    for name in ["a.zip", "b.zip"] {
      try folder.write(name, try ArchiveBuilder.zip.build([.init("x.evtx", Sample.log(1000))]))
    }
    var limits = ContainerLimits()
    limits.maximumTotalBytes = 1500
    let walk = Walk([folder.path], limits: limits)
    #expect(walk.evidence.count == 2)
    #expect(walk.diagnostics == [])
  }

  @Test func aFullOrMissingTemporaryFolderIsADiagnostic() throws {
    let archive = try ArchiveBuilder.zip.build([
      .init("large.evtx", Sample.log(5 << 20)), .init("small.evtx", Sample.log()),
    ])
    let walk = Walk(EvidenceWalker(contents: archive, name: "x", temporaryDirectory: "/nonexistent"))
    #expect(walk.order == ["x"])
    #expect(walk.codes == [.unreadable])
  }
}
