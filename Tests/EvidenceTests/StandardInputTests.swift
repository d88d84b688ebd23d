import Collect
import Glibc
import Testing

/// One after the other, since the process has one standard input.
@Suite(.serialized) struct StandardInputTests {
  /// Walks `-` with `descriptor` as standard input.
  private func walk(_ descriptor: Int32) -> Walk {
    let before = dup(STDIN_FILENO)
    dup2(descriptor, STDIN_FILENO)
    defer {
      dup2(before, STDIN_FILENO)
      close(before)
    }
    return Walk(["-"])
  }

  private func piped(_ bytes: [UInt8]) -> Walk {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    let (readEnd, writeEnd) = (ends[0], ends[1])
    defer { close(readEnd) }
    PipeWriter.start(bytes) { writeEnd }
    return walk(readEnd)
  }

  @Test func aPipeIsSpooledAndRecognised() throws {
    let log = Sample.log(5 << 20)
    let plain = piped(log)
    #expect(plain.paths == ["-"])
    #expect(plain.kinds == [.eventLog])
    #expect(plain.evidence.first?.contents == log)
    #expect(piped(try ArchiveBuilder.zip.build([.init("a.evtx", log)])).paths == ["-!a.evtx"])
    #expect(piped([]).kinds == [.empty])
  }

  @Test func aFileIsReadInPlaceOrFromWhereItStands() throws {
    let folder = try TemporaryFolder()
    let descriptor = open(try folder.write("a", [1, 2] + Sample.log()), O_RDONLY)
    defer { close(descriptor) }
    #expect(walk(descriptor).kinds == [.other])
    lseek(descriptor, 2, SEEK_SET)
    let rest = walk(descriptor)
    #expect(rest.kinds == [.eventLog])
    #expect(rest.evidence.first?.contents == Sample.log())
  }
}
