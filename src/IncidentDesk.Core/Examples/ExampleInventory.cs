using System.Globalization;
using IncidentDesk.Assets;
using IncidentDesk.Data;
using IncidentDesk.Import;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Examples;

/// <summary>A provider of the size that the public record tells of. Every name is invented and marked as such, for names and layout were never published.</summary>
public sealed class ExampleInventory(DeskDatabase database, ImportInventory import)
{
    /// <summary>"850 organizations and individuals": press release of 18 August 2014.</summary>
    public const int Members = 850;

    // "51 servers (19 physical + 26 virtual staff-managed, 6 not staff-managed)": report on infrastructure, December 2008.
    private const int Hosts = 19;
    private const int VirtualServers = 26;

    public const string Uplink = "uplink.example.org";
    public const string NameServers = "dns.example.org";
    public const string Mail = "mail.example.org";
    public const string OwnSite = "www.example.org";
    public const string Hosting = "hosting.example.org";

    public static string Site(int member) => $"member-{Number(member, "000")}.example.org";

    public static string ServerOf(int member) => Server(((member - 1) % VirtualServers) + 1);

    /// <summary>Adds what is not there yet; what stands under these names stays as it is. A desk with members of its own gets none, so that they are not counted among them.</summary>
    /// <returns>Whether the inventory is there.</returns>
    internal async Task<Result<bool>> HandleAsync(Actor actor, CancellationToken ct)
    {
        HashSet<string> there;
        await using (var db = await database.OpenAsync(ct))
        {
            if (await db.Members.AnyAsync(m => !m.IsInvented, ct)) return false;
            there = [.. await db.Assets.Select(a => a.FoldedName).ToListAsync(ct), .. await db.Members.Select(m => m.FoldedName).ToListAsync(ct)];
        }
        var missing = Rows().Where(r => !there.Contains(Folding.Fold(r.Name))).ToList();
        if (missing.Count == 0) return true;
        var imported = await import.HandleAsync(new(InventoryFile.Write(missing, InventoryFormat.Csv), InventoryFormat.Csv, DryRun: false), actor, ct);
        return imported.TryGet(out var outcome, out var error) ? outcome.Applied : error;
    }

    private static IEnumerable<InventoryRow> Rows()
    {
        yield return Row("uplink", Uplink, [], "Name invented. Public record: one upstream connection of 100 Mbit/s, in 2015 raised to 1 Gbit/s, of which about 5 % is used normally.");
        for (var n = 1; n <= Hosts; n++) yield return Row("server", Host(n), [Uplink], "Name and place invented. Public record, December 2008: 19 physical servers.");
        for (var n = 1; n <= VirtualServers; n++) yield return Row("server", Server(n), [Host(((n - 1) % Hosts) + 1)], "Name and place invented. Public record, December 2008: 26 virtual servers on shared physical hosts, web and e-mail on each.");
        yield return Row("service", NameServers, [Host(1)], "Name and place invented. Public record: in 2015 moved to locations that withstand 50 Gbit/s.", "dns");
        yield return Row("service", Mail, [Host(2)], "Name and place invented. Public record: e-mail servers were among the targets of 2015.", "mail");
        yield return Row("service", "lists.example.org", [Host(2)], "Name and place invented. Public record: list servers.", "mail");
        yield return Row("service", OwnSite, [Host(3)], "Name and place invented. The provider's own web site.", "web");
        yield return Row("service", "cp.example.org", [Host(3)], "Name and place invented. The members' control panel.", "web");
        yield return Row("service", "support.example.org", [Host(4)], "Name and place invented. Wiki and tickets.", "web");
        yield return Row("service", Hosting, [.. Enumerable.Range(1, VirtualServers).Select(Server)], "Name invented. The hosting of the members as a whole.", "web");
        for (var n = 1; n <= Members; n++)
        {
            var member = $"Member {Number(n, "000")} (invented)";
            yield return new(0, "member", member, null, null, null, null, null, null, null, Invented: true, Retired: null);
            yield return Row("site", Site(n), [ServerOf(n), NameServers], null, member: member);
        }
    }

    private static InventoryRow Row(string kind, string name, IReadOnlyList<string> on, string? notes, string? service = null, string? member = null) =>
        new(0, kind, name, member, on, null, null, null, service, notes, Invented: true, Retired: null);

    private static string Host(int number) => $"host-{Number(number, "00")}.example.org";

    private static string Server(int number) => $"web-{Number(number, "00")}.example.org";

    private static string Number(int number, string form) => number.ToString(form, CultureInfo.InvariantCulture);
}
