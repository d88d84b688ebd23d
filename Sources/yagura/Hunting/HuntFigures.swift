internal import Sigma

/// Numbers of a hunt that are not findings.
struct HuntFigures {
  /// A log that rules need and the evidence does not have.
  struct MissingLog {
    var name: String
    var rules: Int
  }

  var files = 0
  var records = 0
  var recovered = 0
  var badRecords = 0
  var byteCount = 0
  var seconds = 0.0
  var firstTime = ""
  var lastTime = ""
  var minimumLevel = SigmaLevel.low
  var loadedRules = 0
  var refusedRules = 0
  var notCheckable = 0
  var missingLogs: [MissingLog] = []
  var suppressed = 0
}
