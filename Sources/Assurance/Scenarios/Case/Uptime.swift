import WindowsFormats

/// The time from a start of a host to its shutdown, with what runs all that time.
final class Uptime {
  let range: Range<UInt64>
  /// Processes of Windows by a short name: `services`, `rpcss`, `winmgmt`…
  var processes: [String: CaseProcess] = [:]
  /// Who works at the host.
  var userSession: CaseSession?
  private var usedProcessIDs: Set<UInt32> = [0, 4]
  private var usedLogonIDs: Set<UInt64> = []

  init(_ range: Range<UInt64>) { self.range = range }

  /// A multiple of four that no process of this uptime has.
  func takeProcessID(_ random: inout SplitMix64) -> UInt32 {
    var candidate = UInt32(random.number(150...3_600)) * 4
    while !usedProcessIDs.insert(candidate).inserted { candidate += 4 }
    return candidate
  }

  /// Logon identifiers grow with time; the generators do not come in order of time, so the time decides.
  func takeLogonID(at time: UInt64) -> UInt64 {
    let elapsed = time > range.lowerBound ? time - range.lowerBound : 0
    var candidate = 0x1_2000 + elapsed / CaseTime.millisecond / 10 * 13
    while !usedLogonIDs.insert(candidate).inserted { candidate += 7 }
    return candidate
  }
}
