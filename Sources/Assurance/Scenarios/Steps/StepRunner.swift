/// Does the steps of a scenario: makes their events on the hosts.
struct StepRunner {
  let world: CaseWorld

  /// - Throws: `RecipeError` with the place of what is wrong, or the writer's error.
  func run() throws {
    // Steps name things for those that come later, so they are done in order of time.
    let order = world.scenario.steps.indices.sorted {
      (world.scenario.steps[$0].offset, $0) < (world.scenario.steps[$1].offset, $1)
    }
    for index in order {
      let step = world.scenario.steps[index]
      guard let rounds = step.rounds else {
        try run(step, index, at: world.start + step.offset, loop: [:])
        continue
      }
      for (round, value) in rounds.values.enumerated() {
        let time = world.start + step.offset + UInt64(round) * rounds.interval
        try run(step, index, at: time, loop: [rounds.variable: value])
      }
    }
  }

  private func run(_ step: Scenario.Step, _ index: Int, at start: UInt64, loop: [String: String]) throws {
    let home = try host(named: step.host, loop: loop, at: step.place, start)
    var time = start
    for item in step.items {
      time += item.delay ?? home.random.ticks((8 * CaseTime.millisecond)...(60 * CaseTime.millisecond))
      var host = home
      if let node = item.host { host = try self.host(named: try node.text(), loop: loop, at: node.place, time) }
      guard host.uptime(at: time) != nil else {
        throw RecipeError(.wrongValue, "\(host.host.id) is not running", at: item.values.place)
      }
      let marked = world.hosts.filter { $0.step == nil }
      for other in marked { other.step = index }
      defer { for other in marked { other.step = nil } }
      let variables = StepVariables(world: world, host: host, time: time, loop: loop)
      let values = try variables.resolved(item.values)
      try StepAction(world: world, host: host, time: time, values: values.map()).run(item.kind, values)
    }
  }

  private func host(
    named text: String, loop: [String: String], at place: RecipePlace, _ time: UInt64
  ) throws(RecipeError) -> CaseHost {
    var name = text
    if name.hasPrefix("${"), name.hasSuffix("}") {
      let variable = String(name.dropFirst(2).dropLast())
      guard let value = loop[variable] else { throw RecipeError(.unknownVariable, variable, at: place) }
      name = value
    }
    guard let host = world.host(name) else { throw RecipeError(.unknownName, name, at: place) }
    return host
  }
}
