import Sigma
import Testing

@testable import Detection

/// Rules for Sysmon's events 19 to 21, asked of WMI-Activity 5861.
@Suite struct SubscriptionTwinTests {
  private let event = BindingSample.event(
    BindingSample.commandLine, filter: "Nightly", consumer: "CommandLineEventConsumer=\"Nightly Job\"")

  private func fires(_ expression: Expression, on event: EventSample) -> Bool {
    SigmaRule(category: "wmi_event", expression).twin.map { event.satisfies($0.expression) } ?? false
  }

  @Test(arguments: [
    (Expression.any([.has("EventID", "19"), .has("EventID", "20"), .has("EventID", "21")]), true),
    (.has("EventID", "20"), true), (.has("EventID", "22"), false), (.has("EventType", "WmiFilterEvent"), true),
    (.has("EventType", "WmiConsumerEvent"), true), (.has("EventType", "WmiBindingEvent"), true),
    (.has("EventType", "Other"), false), (.has("Operation", "Created"), true), (.has("Operation", "Deleted"), false),
    (.contains("Destination", "powershell.exe -enc"), true), (.contains("Destination", "cscript"), false),
    (.contains("Query", "__TimerEvent"), true), (.has("Type", "Command Line"), true), (.has("Type", "Script"), false),
    (.contains("Consumer", "CommandLineEventConsumer.Name="), true), (.contains("Filter", "__EventFilter.Name="), true),
    (.contains("Name", "Nightly Job"), true), (.has("User", "S-1-5-21-1-2-3-1001"), true),
    (.contains("EventNamespace", "cimv2"), true), (.contains("CommandLine", "x"), false),
  ])
  func wmiEventIsAskedOf5861(_ expression: Expression, _ expected: Bool) {
    #expect(fires(expression, on: event) == expected)
  }

  @Test func fieldsOfDifferentEventsCannotBeMixed() {
    #expect(!fires(.all([.contains("Query", "Timer"), .contains("Destination", "powershell")]), on: event))
    #expect(!fires(.all([.has("EventType", "WmiFilterEvent"), .contains("Destination", "powershell")]), on: event))
    #expect(fires(.all([.has("EventType", "WmiConsumerEvent"), .contains("Destination", "powershell")]), on: event))
    #expect(!fires(.all([.has("EventID", "21"), .contains("Destination", "powershell")]), on: event))
    #expect(fires(.any([.contains("Query", "no"), .contains("Destination", "powershell")]), on: event))
  }

  @Test func oneSourceSpeaksForTheThreeAspects() throws {
    let twin = try #require(SigmaRule(category: "wmi_event", .has("Operation", "Created")).twin)
    #expect(twin.label == "wmi-activity-5861")
    #expect(
      twin.routes
        == [
          EventRoute(
            "Microsoft-Windows-WMI-Activity/Operational", provider: "Microsoft-Windows-WMI-Activity", eventIDs: [5861])
        ])
  }

  @Test func theBindingOfWindowsIsNoFinding() {
    let all = Expression.any([.has("EventID", "19"), .has("EventID", "20"), .has("EventID", "21")])
    let builtIn = BindingSample.event(
      BindingSample.builtIn, filter: "SCM Event Log Filter",
      consumer: "NTEventLogEventConsumer=\"SCM Event Log Consumer\"")
    #expect(!fires(all, on: builtIn))
    // Only its names are borrowed.
    let borrowed = BindingSample.event(
      BindingSample.commandLine, filter: "SCM Event Log Filter",
      consumer: "CommandLineEventConsumer=\"SCM Event Log Consumer\"")
    #expect(fires(all, on: borrowed))
  }

  /// The texts of Sysmon's own events for the same objects.
  @Test func valuesAreWrittenAsSysmonDoes() {
    #expect(event["yagura.FilterName5861"] == " \"Nightly\"")
    #expect(event["yagura.EventNamespace5861"] == " \"ROOT\\\\cimv2\"")
    #expect(event["yagura.Query5861"] == " \"SELECT * FROM __TimerEvent WHERE TimerID = \\\"Tick\\\"\"")
    #expect(event["yagura.QueryLanguage5861"] == " \"WQL\"")
    #expect(event["yagura.Destination5861"] == " \"powershell.exe -enc AAAA \\\\\\\\srv\\\\share\"")
    #expect(
      event["yagura.Consumer5861"]
        == " \"\\\\\\\\.\\\\root\\\\subscription:CommandLineEventConsumer.Name=\\\"Nightly Job\\\"\"")
    #expect(event["yagura.Filter5861"] == " \"\\\\\\\\.\\\\root\\\\subscription:__EventFilter.Name=\\\"Nightly\\\"\"")
  }

  @Test func aCutTextStillNamesFilterAndConsumer() {
    let cut = BindingSample.event("Binding", filter: "F", consumer: "ActiveScriptEventConsumer=\"C\"")
    #expect(cut["yagura.FilterName5861"] == " \"F\"" && cut["yagura.ConsumerName5861"] == " \"C\"")
    #expect(cut["yagura.Type5861"] == "Script" && cut["yagura.Destination5861"] == nil)
    #expect(cut["yagura.Origin5861"] == "other")
  }

  @Test func unknownConsumerClassesKeepTheirName() {
    let text = BindingSample.text(filter: "", consumerClass: "MyConsumer", consumer: "\tName = \"x\";\n")
    #expect(BindingSample.event(text, filter: "", consumer: "")["yagura.Type5861"] == "MyConsumer")
  }
}
