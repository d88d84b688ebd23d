/// The parts of `System` that have a key of their own in the canonical record, [MS-EVEN6] 2.2.1.
///
/// The raw value is the field's index among the slots of a record.
public enum SystemField: UInt32, CaseIterable, Sendable {
  case recordID, timeCreated, computer, channel, providerName, eventID, version, level, task, opcode, keywords
  case processID, threadID, userID, activityID

  /// The name under which rules and command lines ask for the field.
  public var name: String {
    switch self {
    case .recordID: "EventRecordID"
    case .timeCreated: "TimeCreated"
    case .computer: "Computer"
    case .channel: "Channel"
    case .providerName: "Provider_Name"
    case .eventID: "EventID"
    case .version: "Version"
    case .level: "Level"
    case .task: "Task"
    case .opcode: "Opcode"
    case .keywords: "Keywords"
    case .processID: "Execution_ProcessID"
    case .threadID: "Execution_ThreadID"
    case .userID: "Security_UserID"
    case .activityID: "Correlation_ActivityID"
    }
  }
}
