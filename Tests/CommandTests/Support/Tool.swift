import Foundation
import Glibc

/// The built program, run as a person runs it.
enum Tool {
  /// `YAGURA_EXECUTABLE`, else the program that the build puts beside the test bundle.
  static let path: String = {
    if let given = ProcessInfo.processInfo.environment["YAGURA_EXECUTABLE"] { return given }
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("yagura").path
  }()

  enum Input {
    case nothing
    case pipe([UInt8])
    /// The file at this path as standard input.
    case file(String)
  }

  struct Outcome {
    var status: Int32
    var output: [UInt8]
    var errors: String
    /// Largest resident memory in bytes.
    var peakMemory: Int

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
  }

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], input: Input = .nothing, environment: [String: String] = [:]
  ) throws -> Outcome {
    let running = try RunningTool(arguments, input: input, environment: environment)
    return try running.wait()
  }

  /// `yagura events` with these arguments.
  static func events(
    _ arguments: String..., input: Input = .nothing, environment: [String: String] = [:]
  ) throws -> Outcome {
    try run(["events"] + arguments, input: input, environment: environment)
  }
}

struct ToolFailure: Error, CustomStringConvertible { var description: String }

/// A run of the program that goes on. Its streams are files, so that nobody waits for anybody.
final class RunningTool {
  let process: pid_t
  private let scratch: TemporaryFolder
  private var hasEnded = false

  init(
    _ arguments: [String], input: Tool.Input = .nothing, environment: [String: String] = [:], output: String? = nil
  ) throws {
    scratch = try TemporaryFolder()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var ends: [Int32] = [-1, -1]
    switch input {
    case .nothing: posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    case .file(let path): posix_spawn_file_actions_addopen(&actions, 0, path, O_RDONLY, 0)
    case .pipe:
      guard pipe(&ends) == 0 else { throw ToolFailure(description: "pipe") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, output ?? scratch.path("output"), flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, scratch.path("errors"), flags, 0o600)
    process = try RunningTool.spawn(arguments, environment, &actions)
    if case .pipe(let bytes) = input {
      close(ends[0])
      RunningTool.write(bytes, to: ends[1])
    }
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String: String], _ actions: inout posix_spawn_file_actions_t
  ) throws -> pid_t {
    var variables = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    variables["TMPDIR"] = ProcessInfo.processInfo.environment["TMPDIR"]
    variables.merge(environment) { $1 }
    var argv = ([Tool.path] + arguments).map { strdup($0) } + [nil]
    var envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    // Threads that run tests block signals, and a child would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGINT)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process: pid_t = 0
    let status = posix_spawn(&process, Tool.path, &actions, &attributes, &argv, &envp)
    guard status == 0 else { throw ToolFailure(description: "\(Tool.path): \(String(cString: strerror(status)))") }
    return process
  }

  /// Writes in a thread of its own: a pipe holds 64 KiB.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    signal(SIGPIPE, SIG_IGN)
    Thread.detachNewThread {
      bytes.withUnsafeBytes { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
          let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
          if count <= 0 { break }
          rest = rest.dropFirst(count)
        }
      }
      close(descriptor)
    }
  }

  /// What was written to standard output so far.
  var output: [UInt8] { [UInt8](FileManager.default.contents(atPath: scratch.path("output")) ?? Data()) }
  var lines: [String] { String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init) }
  var errors: String {
    String(decoding: FileManager.default.contents(atPath: scratch.path("errors")) ?? Data(), as: UTF8.self)
  }

  /// Waits until `isTrue`, ten seconds at most.
  func wait(until isTrue: () -> Bool) -> Bool {
    for _ in 0..<500 {
      if isTrue() { return true }
      usleep(20_000)
    }
    return false
  }

  func send(_ signal: Int32) { kill(process, signal) }

  func wait() throws -> Tool.Outcome {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw ToolFailure(description: "wait") }
    }
    hasEnded = true
    // As a shell says it: the code, or 128 and the signal.
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    return Tool.Outcome(status: code, output: output, errors: errors, peakMemory: usage.ru_maxrss * 1024)
  }

  deinit {
    guard !hasEnded else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }
}
