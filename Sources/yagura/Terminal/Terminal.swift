#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
internal import Synchronization

/// The process's standard streams and signals.
enum Terminal {
  enum Stream: Int32 {
    case output = 1
    case error = 2
  }

  static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// Columns of the terminal, 80 where it does not say.
  static func width(_ stream: Stream) -> Int {
    var size = winsize()
    guard ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether colours are wanted: not with `--no-color`, nor with a `NO_COLOR` that is not empty (no-color.org).
  static func wantsColour(_ isForbidden: Bool) -> Bool {
    guard !isForbidden else { return false }
    return getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
  }

  static func write(_ text: String, to stream: Stream) {
    var text = text
    _ = text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: stream.rawValue) }
  }

  /// Writes all bytes; false when the other side is gone or the disk is full.
  static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, base, rest.count)
      #else
        let count = Darwin.write(descriptor, base, rest.count)
      #endif
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        return false
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return true
  }

  /// A reader that stops early (`| head`) is no reason to die.
  static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  // MARK: Ctrl-C

  private static let interrupted = Atomic<Bool>(false)

  /// From now on Ctrl-C asks the run to end; a second one ends the process as usual.
  static func watchInterrupts() {
    let handler: @convention(c) (Int32) -> Void = { number in
      Terminal.interrupted.store(true, ordering: .relaxed)
      signal(number, SIG_DFL)
    }
    signal(SIGINT, handler)
    signal(SIGTERM, handler)
  }

  static var isInterrupted: Bool { interrupted.load(ordering: .relaxed) }

  // MARK: Hostile text

  /// Text from evidence for a terminal or a message: control characters, escapes and marks that turn the direction of
  /// writing are shown as `\u{…}`.
  static func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xFFF9...0xFFFB:
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
