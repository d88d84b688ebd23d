/// Exit codes, as scripts rely on them.
enum ExitStatus: Int32, Error {
  case ok = 0
  case found = 1
  case usage = 2
  /// Some input could not be read; what could is reported.
  case incomplete = 3
  /// Nothing could be read.
  case nothingRead = 4
  case internalError = 70
  /// The output could not be written to its end: a full disk, say.
  case outputFailed = 74
  /// Ended by Ctrl-C, after what was read so far was written.
  case interrupted = 130
}
