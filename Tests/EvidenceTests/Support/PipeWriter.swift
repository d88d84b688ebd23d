import Foundation
import Glibc

/// Fills a pipe from a thread of its own: a task would wait for a thread that the reader may be blocking.
enum PipeWriter {
  static func start(_ bytes: [UInt8], descriptor: @escaping @Sendable () -> Int32) {
    Thread.detachNewThread {
      let number = descriptor()
      var done = 0
      while done < bytes.count {
        let count = bytes.withUnsafeBytes { write(number, $0.baseAddress?.advanced(by: done), $0.count - done) }
        guard count > 0 else { break }
        done += count
      }
      close(number)
    }
  }
}
