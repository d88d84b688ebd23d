/// An emission that goes on: the condition holds for the latest window of its group.
struct OpenReport {
  var ordinal: UInt64
  var time: UInt64
  var start: UInt64
  var end: UInt64
  var value: Double
  var latestValue: Double
  var evidence: [CorrelationEvidence] = []
  var omitted = 0
  /// Of a temporal correlation, how much of the evidence is each rule's: none may crowd out another.
  var shares: [Int32] = []
  /// Emissions of other correlations that are evidence already: each extension of one is an event.
  var knownEmissions: Set<CorrelationEvidence.Emission> = []
}

extension CorrelationEvidence {
  struct Emission: Hashable, Sendable {
    var rule: Int
    var ordinal: UInt64
  }
}

/// What the correlations above learn of an emission: it began, or it goes on.
struct Sighting {
  var isOpening: Bool
  var time: UInt64
  var ordinal: UInt64
  var groupOrder: UInt64
  var groupValues: [String]
  /// The different lists of carried values among the events that are new in it; one empty list when none are carried.
  var carried: [[String?]]
}
