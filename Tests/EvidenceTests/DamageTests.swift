import CArchive
import Collect
import Testing

@Suite struct DamageTests {
  private static let members = (0..<3).map { ArchiveBuilder.Member("\($0).evtx", Sample.log(300, seed: UInt64($0))) }

  /// Evidence that is whole must be what was packed.
  private func expectOnlyOriginals(_ walk: Walk, _ note: String) {
    for evidence in walk.evidence where evidence.isComplete && evidence.path.hasSuffix(".evtx") {
      let wanted = Self.members.first { evidence.path.hasSuffix("!" + String(decoding: $0.name, as: UTF8.self)) }
      #expect(evidence.contents == wanted?.bytes, "\(note): \(evidence.path)")
    }
  }

  @Test func everyPrefixOfAZipYieldsTheMembersBeforeTheCut() throws {
    let archive = try ArchiveBuilder.zip.build(Self.members)
    // A member ends where the header of the next, or the directory, begins.
    let ends = archive.indices.dropLast(3).filter { index in
      archive[index...].starts(with: [0x50, 0x4B, 3, 4]) || archive[index...].starts(with: [0x50, 0x4B, 1, 2])
    }.dropFirst()
    for count in 0..<archive.count {
      let walk = Walk(Array(archive[..<count]))
      expectOnlyOriginals(walk, "prefix \(count)")
      // The library wants 24 bytes behind the data, so a member cut there counts as broken off with all its bytes.
      let whole = walk.evidence.filter { found in Self.members.contains { $0.bytes == found.contents } }.count
      #expect(whole >= min(3, ends.filter { $0 <= count }.count), "prefix \(count)")
      if count >= 30 { #expect(!walk.diagnostics.isEmpty, "prefix \(count)") }
    }
  }

  /// The list of a 7z is at its end: nothing can be read without it.
  @Test(arguments: ContainerTests.archives.indices.dropFirst()) func everyPrefixOfOtherFormatsIsSafe(index: Int) throws
  {
    let archive = try ContainerTests.archives[index].build(Self.members)
    for count in stride(from: 0, to: archive.count, by: archive.count > 4000 ? 7 : 1) {
      expectOnlyOriginals(Walk(Array(archive[..<count])), "prefix \(count)")
    }
  }

  @Test func aBrokenMemberIsDeliveredAsFarAsItGoes() throws {
    let log = Sample.log(300_000)
    let archive = try ArchiveBuilder.compressed(ARCHIVE_FILTER_GZIP, log)
    let walk = Walk(Array(archive[..<200_000]), as: "x.evtx.gz")
    let evidence = try #require(walk.evidence.first)
    #expect(!evidence.isComplete)
    #expect(evidence.byteCount > 60_000)
    #expect(evidence.contents == Array(log[..<evidence.byteCount]))
    #expect(walk.order == ["x.evtx.gz", "x.evtx.gz"])
    #expect(walk.codes == [.damaged])
    #expect(walk.diagnostics.first?.offset == evidence.byteCount)
  }

  @Test func aWrongChecksumIsSaidAndTheNextMemberRead() throws {
    var archive = try ArchiveBuilder.zip.build(Self.members)
    let first = try #require(archive.indices.first { archive[$0...].starts(with: Self.members[0].bytes[10..<40]) })
    archive[first + 50] ^= 1
    let walk = Walk(archive, as: "x")
    #expect(walk.evidence.count == 3)
    #expect(walk.evidence.filter { !$0.isComplete }.map(\.path) == ["x!0.evtx"])
    #expect(walk.codes == [.damaged])
  }

  @Test(arguments: ContainerTests.archives.indices) func mutatedArchivesNeitherCrashNorHang(index: Int) throws {
    let nested = try ArchiveBuilder.zip.build(Self.members)
    let archive = try ContainerTests.archives[index].build(Self.members + [.init("n.zip", nested)])
    var limits = ContainerLimits()
    limits.maximumTotalBytes = 64 << 20
    limits.maximumMembers = 1000
    for seed in UInt64(0)..<400 {
      var random = SplitMix64(state: seed)
      var mutated = archive
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let place = Int.random(in: 0..<mutated.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: mutated[place] = UInt8.random(in: 0...255, using: &random)
        case 1: mutated[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: mutated[place] = 0xFF
        default: mutated.swapAt(place, Int.random(in: 0..<mutated.count, using: &random))
        }
      }
      _ = Walk(mutated, limits: limits)
    }
  }
}
