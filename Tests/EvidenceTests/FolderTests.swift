import CArchive
import Collect
import Glibc
import Testing

@Suite struct FolderTests {
  @Test func pathsComeInByteOrder() throws {
    let folder = try TemporaryFolder()
    for name in ["b/x.evtx", "a.evtx", "a/z.evtx", "a/b/c.evtx", "a-b.evtx", "B.evtx", "日本.evtx", "c"] {
      try folder.write(name, Sample.log())
    }
    let walk = Walk([folder.path])
    #expect(walk.paths == walk.paths.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    #expect(walk.paths.count == 8)
    #expect(walk.paths == Walk([folder.path]).paths)
    // A slash at the end is not doubled.
    #expect(Walk(["\(folder.path)/"]).paths == walk.paths)
  }

  @Test func filesOfEveryKindAreDelivered() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt", Sample.log())
    try folder.write("b.evtx", [])
    try folder.write("c.bin", [0, 1, 2])
    try folder.write("d.zip", try ArchiveBuilder.zip.build([.init("x.json", Sample.json)]))
    let walk = Walk([folder.path])
    #expect(walk.kinds == [.eventLog, .empty, .other, .jsonEvents])
    #expect(walk.evidence.first?.contents == Sample.log())
    #expect(walk.evidence.first?.modificationTimeNanoseconds != nil)
    #expect(walk.summary.files == 4)
  }

  @Test func linksAreFollowedButNotInCircles() throws {
    let folder = try TemporaryFolder()
    try folder.write("a/x.evtx", Sample.log())
    symlink("..", "\(folder.path)/a/up")
    symlink("a", "\(folder.path)/b")
    symlink("a/x.evtx", "\(folder.path)/c.evtx")
    symlink("nowhere", "\(folder.path)/d.evtx")
    let walk = Walk([folder.path])
    #expect(walk.paths == ["\(folder.path)/a/x.evtx", "\(folder.path)/c.evtx"])
    #expect(walk.codes == [.cycle, .duplicate, .unreadable])
    #expect(walk.diagnostics.last?.detail == "not-found")
  }

  @Test func specialFilesInFoldersAreNotOpened() throws {
    let folder = try TemporaryFolder()
    mkfifo("\(folder.path)/pipe", 0o600)
    symlink("/dev/null", "\(folder.path)/null")
    #expect(Walk([folder.path]).codes == [.unsupported, .unsupported])
  }

  @Test func aGivenPipeIsReadToItsEnd() throws {
    let folder = try TemporaryFolder()
    let pipe = "\(folder.path)/pipe"
    mkfifo(pipe, 0o600)
    let log = Sample.log(300_000)
    PipeWriter.start(log) { open(pipe, O_WRONLY) }
    let walk = Walk([pipe])
    #expect(walk.kinds == [.eventLog])
    #expect(walk.evidence.first?.contents == log)
  }

  @Test func whatCannotBeReadIsADiagnosticAndTheWalkGoesOn() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.evtx", Sample.log())
    symlink("loop", "\(folder.path)/loop")
    let walk = Walk(["\(folder.path)/nothing", "\(folder.path)/loop", "\(folder.path)/a.evtx", ""])
    #expect(walk.paths == ["\(folder.path)/a.evtx"])
    #expect(walk.diagnostics.map(\.detail) == ["not-found", "too-many-links", "not-found"])
    #expect(walk.codes == [.unreadable, .unreadable, .unreadable])
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func aFileWithoutPermissionIsADiagnostic() throws {
    let folder = try TemporaryFolder()
    chmod(try folder.write("a.evtx", Sample.log()), 0)
    #expect(Walk([folder.path]).diagnostics.map(\.detail) == ["permission-denied"])
  }

  @Test func tenThousandFilesCostLittleMemory() throws {
    let folder = try TemporaryFolder()
    for index in 0..<10_000 { try folder.write("\(index % 7)/\(index).evtx", Array("ElfFile\0".utf8)) }
    let walker = EvidenceWalker(paths: [folder.path])
    let before = peakMemoryByteCount()
    var count = 0
    while let step = walker.next() { if case .evidence = step { count += 1 } }
    #expect(count == 10_000)
    #expect(peakMemoryByteCount() - before < 32 << 20)
  }
}
