import Sigma
import TestSupport
import Testing

struct NetworkTests {
  @Test(arguments: [
    ("10.0.0.0/8", "10.1.2.3", "11.0.0.0"),
    ("10.0.0.0/255.0.0.0", "10.255.0.1", "9.255.255.255"),
    ("192.168.1.7", "192.168.1.7", "192.168.1.8"),
    ("0.0.0.0/0", "255.255.255.255", "::1"),
    ("::1", "0:0:0:0:0:0:0:1", "::2"),
    ("fe80::/10", "febf::1", "fec0::1"),
    ("::/0", "2001:db8::1", "1.2.3.4"),
    ("10.0.0.0/8", "::ffff:10.1.2.3", "::10.1.2.3"),
    ("::ffff:10.0.0.0/104", "10.9.9.9", "11.0.0.0"),
    ("2001:db8:1:2:3:4:5:6", "2001:DB8:1:2:3:4:0.5.0.6", "2001:db8:1:2:3:4:5:7"),
  ])
  func containsAddresses(_ network: String, _ inside: String, _ outside: String) throws {
    #expect(try matches(item: "f|cidr: '\(network)'", inside))
    #expect(try !matches(item: "f|cidr: '\(network)'", outside))
    #expect(try !matches(item: "f|cidr: '\(network)'", "no address"))
  }

  @Test(arguments: [
    "10.0.0.1/8", "10.0.0.0/33", "10.0.0/24", "01.2.3.4", "256.0.0.1", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/8/8",
    "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "fe80::1%eth0", "fe80::1/129", ":1", "1:", "12345::", "g::", "",
    "10.0.0.0/255.0.255.0", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4",
  ])
  func refusesWhatIsNoNetwork(_ text: String) {
    #expect(Network(parsing: text) == nil)
    #expect(refusal(item: "f|cidr: '\(text)'") == "invalid-network")
  }

  @Test
  func takesNetworksAsWritten() {
    #expect(refusal(item: "f|contains|cidr: '10.0.0.0/8'") == "wrong-modifier-order")
    #expect(refusal(item: "f|cidr: '10.0.0.*'") == "wrong-value-type")
  }
}
