/// Counts what a container has asked for so far and says when a limit is passed; does nothing about it.
struct ContainerBudget {
  /// Which limit was passed; the raw value is the diagnostic's detail.
  enum Breach: String {
    case nesting, members, ratio
    case memberBytes = "member-bytes"
    case totalBytes = "total-bytes"
    case nameBytes = "name-bytes"
  }

  let limits: ContainerLimits
  /// Bytes unpacked since the outermost container was opened.
  private var totalBytes = 0

  init(limits: ContainerLimits) { self.limits = limits }

  /// Starts anew for the next outermost container.
  mutating func reset() { totalBytes = 0 }

  func breach(memberCount: Int) -> Breach? {
    memberCount > limits.maximumMembers ? .members : nil
  }

  /// Charges the growth of one member.
  ///
  /// - Parameters:
  ///   - growth: bytes that the member has become longer by, holes included
  ///   - memberByteCount: where it ends so far
  ///   - produced: bytes unpacked from its container so far
  ///   - consumed: packed bytes that they came from
  mutating func charge(_ growth: Int, memberByteCount: Int, produced: Int, consumed: Int) -> Breach? {
    let (sum, overflowed) = totalBytes.addingReportingOverflow(growth)
    totalBytes = sum
    if memberByteCount > limits.maximumMemberBytes { return .memberBytes }
    if overflowed || totalBytes > limits.maximumTotalBytes { return .totalBytes }
    if produced > limits.ratioFloorBytes && produced / max(consumed, 1) > limits.maximumRatio { return .ratio }
    return nil
  }
}
