/// An input of a correlation that refers to other correlations, which may have yet to say something about an earlier time.
struct WaitingInput: HeapElement {
  var input: CorrelationInput
  var use: CorrelationPlan.Use
  /// Whether it is an emission. Those come after events of the same time.
  var isEmission: Bool
  /// Which of several inputs of one emission.
  var part: Int

  static func precedes(_ left: WaitingInput, _ right: WaitingInput) -> Bool {
    if left.input.time != right.input.time { return left.input.time < right.input.time }
    if left.isEmission != right.isEmission { return right.isEmission }
    if !left.isEmission { return CorrelationInput.precedes(left.input, right.input) }
    if left.input.rule != right.input.rule { return left.input.rule < right.input.rule }
    if left.input.sequence != right.input.sequence { return left.input.sequence < right.input.sequence }
    return (left.input.reference, left.part) < (right.input.reference, right.part)
  }
}
