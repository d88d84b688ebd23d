internal import ArgumentParser
internal import WindowsFormats
import Glibc

@main
struct Yagura: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yagura",
    abstract: "Finds the abuse of Windows Management Instrumentation in Windows evidence.")
  @Argument var paths: [String] = []
  @Flag var recover = false
  @Option var more: [String] = []
  func run() {
    var reader = EventLogChunkReader(output: .jsonLines)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
    func each(_ p: String, _ f: (UnsafeRawBufferPointer, Int) -> Void) {
      let fd = open(p, O_RDONLY)
      var off = 4096
      while true {
        let got = pread(fd, buffer.baseAddress, 65536, off_t(off))
        if got <= 0 { break }
        f(UnsafeRawBufferPointer(rebasing: buffer[0..<got]), off)
        off += 65536
      }
      close(fd)
    }
    var n = 0
    var pool = TemplatePool()
    if recover {
      var survey = EventLogSurvey()
      for p in paths + more { each(p) { b, _ in survey.add(b, isDirty: false) }; pool.merge(survey.templates) }
    }
    var rec = EventLogRecoveryReader(output: .jsonLines, wholeCase: pool)
    var rendered = 0, unrendered = 0, dup = 0
    for p in paths {
      reader.begin(file: p)
      var keys = RecordKeySet()
      if recover {
        var survey = EventLogSurvey()
        each(p) { b, _ in survey.add(b, isDirty: false) }
        rec.begin(file: p, templates: survey.templates)
        keys = survey.takeLiveKeys()
      }
      each(p) { b, off in
        if reader.load(b, at: off, isDirty: false) { n += reader.renderAll() }
        if recover {
          rec.recover(
            b, at: off, live: reader.liveRanges, failed: reader.failedRecords,
            kind: reader.header == nil ? .damagedChunk : .slack)
          var s = 0
          for l in rec.lines {
            if keys.insert(l.key) {
              if l.isRendered { rendered += 1 } else { unrendered += 1 }
              rec.withOutput { _ = write(1, $0.baseAddress! + s, l.end - s) }
            } else {
              dup += 1
            }
            s = l.end
          }
          rec.clearOutput()
        }
        if reader.outputCount > 1 << 18 {
          reader.withOutput { _ = write(1, $0.baseAddress, $0.count) }; reader.clearOutput()
        }
      }
    }
    reader.withOutput { _ = write(1, $0.baseAddress, $0.count) }
    var s = "\(n) templates \(pool.count) rendered \(rendered) unrendered \(unrendered) dup \(dup)\n";
    s.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  }
}
