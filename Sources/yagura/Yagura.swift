internal import ArgumentParser
internal import WindowsFormats
import Glibc

@main
struct Yagura: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yagura",
    abstract: "Finds the abuse of Windows Management Instrumentation in Windows evidence.")
  @Argument var paths: [String] = []
  func run() {
    var reader = EventLogChunkReader(output: .jsonLines)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
    var n = 0
    for p in paths {
      let fd = open(p, O_RDONLY)
      reader.begin(file: p)
      var off = 4096
      while true {
        let got = pread(fd, buffer.baseAddress, 65536, off_t(off))
        if got <= 0 { break }
        if reader.load(UnsafeRawBufferPointer(rebasing: buffer[0..<got]), at: off, isDirty: false) { n += reader.renderAll() }
        if reader.outputCount > 1 << 18 { reader.withOutput { _ = write(1, $0.baseAddress, $0.count) }; reader.clearOutput() }
        off += 65536
      }
      close(fd)
    }
    reader.withOutput { _ = write(1, $0.baseAddress, $0.count) }
    for d in reader.takeDiagnostics() { print("\(d)") }
    var s = "\(n)\n"; s.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  }
}
