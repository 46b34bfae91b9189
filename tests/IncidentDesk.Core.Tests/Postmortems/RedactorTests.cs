using IncidentDesk.Incidents;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using Xunit;

namespace IncidentDesk.Tests.Postmortems;

public sealed class RedactorTests
{
    private static readonly Known House = new(
        [
            new(NamedThing.Person, "p1", "Ana Ruiz"), new(NamedThing.Person, "p1", "Ruiz", NameForm.Part), new(NamedThing.Person, "p2", "EH"),
            new(NamedThing.Member, "m1", "Cooperativa El Árbol"), new(NamedThing.Member, "m2", "Radio Libre"), new(NamedThing.Server, "a1", "web-01"), new(NamedThing.Server, "a1", "web-01.house.example.org", NameForm.HostName),
            new(NamedThing.Server, "a2", "web-01b"), new(NamedThing.Service, "a3", "mail", NameForm.Common), new(NamedThing.Site, "a4", "arbol.example.net", NameForm.HostName),
        ],
        allowed: ["Radio Libre", "radiolibre.example.net"], ownHosts: ["desk.house.example"], terms: [new RedactionTerm { Text = "Café Central", Replacement = "an office" }]);

    [Theory]
    [InlineData("ANA RUIZ called, then Ruiz again", "⟦person:1⟧ called, then ⟦person:1⟧ again")]
    [InlineData("Ana\nRuiz and eh, EH", "⟦person:1⟧ and eh, ⟦person:2⟧")]
    [InlineData("la COOPERATIVA EL ARBOL y cooperativa el a\u0301rbol", "la ⟦member:1⟧ y ⟦member:1⟧")]
    [InlineData("Radio Libre is back", "Radio Libre is back")]
    [InlineData("see https://radiolibre.example.net/news", "see https://radiolibre.example.net/news")]
    [InlineData("#web-01 and Web\u200b-01, not web-012, `web-01` **web-01**", "⟦server:1⟧ and ⟦server:1⟧, not web-012, `⟦server:1⟧` **⟦server:1⟧**")]
    [InlineData("web-01b and #web-01.house.example.org.", "⟦server:1⟧ and ⟦server:2⟧.")]
    [InlineData("the mail is down, #mail", "the mail is down, ⟦service:1⟧")]
    [InlineData("db7.house.example.org:5432", "host-a.example:5432")]
    [InlineData("printer.lan and http://printer.lan/status?x=1", "host-a.example and host-a.example")]
    [InlineData("https://arbol.example.net/login", "⟦site:1⟧")]
    [InlineData("https://status.example.com/web-01/graph", "https://status.example.com⟦internal-link⟧")]
    [InlineData("open https://desk.house.example/incidents/INC-1 or /incidents/INC-2026-001?entry=4", "open ⟦internal-link⟧ or ⟦internal-link⟧")]
    [InlineData("in the cafe central now", "in the an office now")]
    public void Names_are_found_whatever_their_form(string text, string told) => Assert.Equal(told, Redact(text));

    [Theory]
    [InlineData("198.51.100.7, 198.51.100.8 and 198.51.100.7 again", "203.0.113.x1, 203.0.113.x2 and 203.0.113.x1 again")]
    [InlineData("198.51.100.0/24", "203.0.113.x1/24")]
    [InlineData("198.51.100.x, 198[.]51[.]100[.]7", "203.0.113.x1/24, 203.0.113.x2")]
    [InlineData("198\\.51\\.100\\.7 198&#46;51.100.7 １98.51.100.7", "203.0.113.x1 203.0.113.x1 203.0.113.x1")]
    [InlineData("IP 198.51.100.7.443 > 198.51.100.8:53", "IP 203.0.113.x1.443 > 203.0.113.x2:53")]
    [InlineData("2001:DB8:0::7 = 2001:db8::7, [2001:db8::8]:443", "2001:db8::x1 = 2001:db8::x1, [2001:db8::x2]:443")]
    [InlineData("2001:db8:1::/48.", "2001:db8::x1/48.")]
    [InlineData("http://198.51.100.7:8080/admin", "203.0.113.x1")]
    [InlineData("version 1.2.3.4, v1.2.3.4, at 12:30:45, 999.1.1.1, std::vector", "version 1.2.3.4, v1.2.3.4, at 12:30:45, 999.1.1.1, std::vector")]
    public void Each_address_has_its_own_in_the_network_for_documentation(string text, string told) => Assert.Equal(told, Redact(text));

    [Theory]
    [InlineData("ana.ruiz+x@house.example wrote", "⟦email⟧ wrote")]
    [InlineData("ana (at) house.example", "⟦email⟧")]
    [InlineData("password=hunter2 and api_key: 'a1b2c3d4'", "password=⟦secret⟧ and api_key: '⟦secret⟧'")]
    [InlineData("Authorization: Bearer abcdef0123456789", "Authorization: Bearer ⟦secret⟧")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "⟦secret⟧")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- x", "⟦secret⟧ x")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015", "⟦secret⟧")]
    [InlineData("https://me:hunter2@status.example.com/x, https://social.example.com/@somebody", "⟦secret⟧, https://social.example.com/@somebody")]
    [InlineData("0199a000-0000-7000-8000-000000000001 00:00:5e:00:53:01", "⟦secret⟧ ⟦secret⟧")]
    [InlineData("The key events: many. INC-2026-001, rate-limit-of-twenty-requests-a-second", "The key events: many. INC-2026-001, rate-limit-of-twenty-requests-a-second")]
    public void What_opens_something_goes(string text, string told) => Assert.Equal(told, Redact(text));

    [Theory]
    [InlineData("[a map](https://maps.example.com/x) and [ours](/people) [mail](mailto:x@y.example)", "[a map](https://maps.example.com/x) and ours mail")]
    [InlineData("[web-01 down](https://web-01.house.example.org/x)", "⟦server:1⟧ down")]
    [InlineData("![graph of web-01](attachment:0199a000-0000-7000-8000-000000000001) ![hidden](attachment:0199a000-0000-7000-8000-000000000002)", "![graph of ⟦server:1⟧](attachment:00000000-0000-8000-8000-000000000001) ")]
    [InlineData("[the log](attachment:0199a000-0000-7000-8000-000000000002)", "the log")]
    [InlineData("attachment:0199a000-0000-7000-8000-000000000002", "⟦internal-link⟧")]
    [InlineData("see [1]\n\n[1]: https://web-01.house.example.org/x \"t\"\n[2]: https://example.com/y", "see [1]\n\n[2]: https://example.com/y")]
    [InlineData("{{entry 42}}{{entry 43}}{{file 0199a000-0000-7000-8000-000000000001}}{{lead}} {{nobody web-01}}", "{{entry 1}}{{file 00000000-0000-8000-8000-000000000001}}{{lead}} {{nobody ⟦server:1⟧}}")]
    [InlineData("{{measurements bps web-01, inbound}}", "{{measurements bps ⟦server:1⟧, inbound}}")]
    public void Links_pictures_and_fields_lead_to_what_is_in_the_document_only(string text, string told) => Assert.Equal(told, Redact(text, isMarkdown: true));

    [Fact]
    public void Who_held_a_role_is_spoken_of_by_it() =>
        Assert.Equal("⟦role:lead⟧ and ⟦person:1⟧", new Redactor(House, new PseudonymNumbers(Guid.Empty, []), new Dictionary<string, IncidentRole> { ["p1"] = IncidentRole.Lead }).Text("Ana Ruiz and EH"));

    [Fact]
    public void Marks_become_words_and_numbers_letters()
    {
        static string Resolve(string text) => PseudonymText.Resolve(text, t => t == NamedThing.Email ? "[address removed]" : t.ToString(), r => "the " + r.Label());
        Assert.Equal("Site A, Member AB: [address removed] of the lead ⟦x⟧ ⟦role:x⟧", Resolve("⟦site:1⟧, ⟦member:28⟧: ⟦email⟧ of ⟦role:lead⟧ ⟦x⟧ ⟦role:x⟧"));
        Assert.Equal(["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"], new[] { 1, 26, 27, 52, 53, 702, 703 }.Select(PseudonymText.Letters));
    }

    [Theory]
    [InlineData("198.51.100.7 web-01", "Address 198.51.100.7|Server web-01")]
    [InlineData("from 203.0.113.x1 and 2001:db8::x2 by host-a.example of ⟦site:1⟧", "")]
    [InlineData("backup.provider.coop said so, report.pdf, e.g. this.Then that", "HostName backup.provider.coop")]
    [InlineData("https://status.provider.coop/graph?x=1", "HostName status.provider.coop")]
    [InlineData("https://status.example.com/graph and radiolibre.example.net", "")]
    [InlineData("ana@house.example, token=abc123, /incidents/INC-2026-001", "Email ana@house.example|Secret abc123|InternalLink /incidents/INC-2026-001")]
    [InlineData("Ruiz", "Person Ruiz")]
    [InlineData("call +52 55 1234 5678, (212) 555-0142 or 55 1234 5678", "PhoneNumber +52 55 1234 5678|PhoneNumber (212) 555-0142|PhoneNumber 55 1234 5678")]
    [InlineData("2026-11-27 10:00, 40,000 pps, +1500 requests, 850 members of 1200, v10.0.4, #12", "")]
    public void The_check_lists_what_still_looks_like_a_leak(string text, string found) =>
        Assert.Equal(found, string.Join('|', LeakCheck.Find("entry/1", text, House).Select(l => $"{l.Thing} {l.Text}")));

    [Fact]
    public void What_was_accepted_is_listed_no_more()
    {
        var known = new Known([], accepted: [(NamedThing.HostName, "status.provider.coop")]);
        Assert.Equal("other.provider.coop", Assert.Single(LeakCheck.Find("x", "Status.provider.coop and other.provider.coop", known)).Text);
    }

    [Fact]
    public void What_is_redacted_has_no_leak_left()
    {
        const string text = "Ana Ruiz moved web-01 (198.51.100.7, 2001:db8::7) of Cooperativa El Árbol, mail ana@x.example, token=abcd1234, https://desk.house.example/people";
        Assert.Empty(LeakCheck.Find("x", Redact(text), House));
        Assert.Empty(LeakCheck.Find("x", PseudonymText.Resolve(Redact(text), t => t is NamedThing.Email or NamedThing.Secret or NamedThing.InternalLink ? "[removed]" : t.ToString(), r => r.ToString()), House));
    }

    [Fact]
    public void A_long_text_takes_no_long_time()
    {
        var text = string.Concat(Enumerable.Repeat("At 03:10 traffic on web-01 rose from 198.51.100.7; Ana Ruiz called https://status.example.com/x [and](http://a.example) ", 500));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.DoesNotContain("web-01", Redact(text, isMarkdown: true), StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
    }

    private static string Redact(string text, bool isMarkdown = false)
    {
        var (file, entry) = (new Guid("0199a000-0000-7000-8000-000000000001"), 42L);
        var redactor = new Redactor(House, new PseudonymNumbers(Guid.Empty, []), new Dictionary<string, IncidentRole>())
        {
            Entries = new Dictionary<long, long> { [entry] = 1 },
            Files = new Dictionary<Guid, Guid> { [file] = new("00000000-0000-8000-8000-000000000001") },
        };
        return isMarkdown ? redactor.Markdown(text) : redactor.Text(text);
    }
}
