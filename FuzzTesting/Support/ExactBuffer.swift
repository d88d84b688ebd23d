#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A copy of the input in a heap block of exactly its size, so that the sanitizer sees each byte read past its end.
func withExactBuffer<R>(_ bytes: some Collection<UInt8>, _ body: (UnsafeRawBufferPointer) -> R) -> R {
  let block = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
  defer { block.deallocate() }
  block.copyBytes(from: bytes)
  return body(UnsafeRawBufferPointer(block))
}

/// Stops the run: the input is kept as a failure. What is printed is the finding.
func finding(_ text: String, _ parts: String...) -> Never {
  var report = "FINDING: \(text)\n"
  for part in parts { report += "  " + part + "\n" }
  report.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  abort()
}

/// The report of the checks that tests run as well.
func stop(_ text: String, _ parts: [String]) { finding(text, parts.joined(separator: "\n  ")) }
