using IncidentDesk.Assets;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Under which address the desk is reached; null where it was not said.</summary>
public sealed record DeskAddress(Uri? Public);

/// <summary>All that has a name in the house, as it is called now and as it was called in a document.</summary>
internal static class KnownNames
{
    // So many things are called like this that the word alone names none.
    private static readonly HashSet<string> Common = new(
        ["web", "mail", "dns", "www", "api", "vpn", "ftp", "smtp", "imap", "voip", "proxy", "cache", "lists", "firewall", "router", "switch", "uplink", "server", "service", "cloud", "backup", "host", "site", "internet", "network", "red", "correo", "servidor", "servicio", "enlace", "sitio", "listas"],
        StringComparer.Ordinal);

    public static NamedThing ThingOf(AssetKind kind) => kind switch
    {
        AssetKind.Uplink => NamedThing.Uplink,
        AssetKind.Server => NamedThing.Server,
        AssetKind.Service => NamedThing.Service,
        AssetKind.MemberSite => NamedThing.Site,
    };

    /// <summary>Whether a member agreed is asked now, whatever the document says: consent can be taken back.</summary>
    /// <remarks>The caller has let the reader in.</remarks>
    public static async Task<Known> ReadAsync(DeskContext db, Guid incidentId, DocumentRecord record, Audience audience, DeskAddress address, CancellationToken ct)
    {
        var members = await db.Members.AsNoTracking().Select(m => new DocumentMember(m.Id, m.Name, m.Aliases, m.MayBeNamed, m.IsInvented)).ToListAsync(ct);
        var assets = (await db.Assets.AsNoTracking().AsSplitQuery().Include(a => a.Names).ToListAsync(ct)).ConvertAll(a => new DocumentAsset(a.Id, a.Kind, a.Name, a.Service, a.MemberId, [.. a.Names.Select(n => new DocumentAssetName(n.Kind, n.Text))], a.IsInvented));
        var people = await db.Users.AsNoTracking().Select(p => new DocumentPerson(p.Id, p.DisplayName)).ToListAsync(ct);
        // The caller has let the reader in; these hang on the incident.
        var terms = await db.RedactionTerms.IgnoreQueryFilters().AsNoTracking().Where(t => t.IncidentId == incidentId).ToListAsync(ct);
        var accepted = await db.AcceptedLeaks.IgnoreQueryFilters().AsNoTracking().Where(l => l.IncidentId == incidentId && l.Audience == audience).ToListAsync(ct);
        return Of(record, members, assets, people, address, terms, accepted.Select(l => (l.Thing, l.Subject)));
    }

    public static Known Of(
        DocumentRecord record, IReadOnlyList<DocumentMember> members, IReadOnlyList<DocumentAsset> assets, IReadOnlyList<DocumentPerson> people, DeskAddress address, IEnumerable<RedactionTerm> terms, IEnumerable<(NamedThing, string)> accepted)
    {
        var (ids, agreed) = (members.Select(m => m.Id).ToHashSet(), members.Where(m => m.MayBeNamed).Select(m => Folding.Fold(m.Name)).ToHashSet(StringComparer.Ordinal));
        // A document of another desk has ids of its own and speaks of what was agreed there: here counts what the member of that name says here.
        var consent = members.Where(m => m.MayBeNamed).Concat(record.Members.Where(m => !ids.Contains(m.Id) && agreed.Contains(Folding.Fold(m.Name)))).Select(m => m.Id).ToHashSet();
        var (allMembers, allAssets) = (members.Concat(record.Members).ToList(), assets.Concat(record.Assets).ToList());
        var sites = allAssets.Where(a => a.Kind == AssetKind.MemberSite && a.MemberId is { } owner && consent.Contains(owner)).ToList();
        var allowed = allMembers.Where(m => consent.Contains(m.Id)).SelectMany(m => m.Aliases.Prepend(m.Name)).Concat(sites.SelectMany(s => Names(s).Select(n => n.Text)));
        var names = allMembers.Where(m => !consent.Contains(m.Id)).SelectMany(m => m.Aliases.Prepend(m.Name).Select(n => new KnownName(NamedThing.Member, m.Id.ToString("D"), n)))
            .Concat(allAssets.Except(sites).SelectMany(Names))
            .Concat(PeopleOf(record, people).SelectMany(Names));
        return new Known(names, allowed, consent.Concat(sites.Select(s => s.Id)), address.Public is { } url ? [url.Host] : [], terms, accepted);
    }

    /// <summary>Who held a role last is spoken of by it: subjects of people, as <see cref="PeopleOf"/> gives them.</summary>
    public static IReadOnlyDictionary<string, IncidentRole> RolesOf(DocumentRecord record, Known known)
    {
        var roles = new Dictionary<string, IncidentRole>(StringComparer.Ordinal);
        foreach (var held in record.Incident.Roles.GroupBy(r => r.Role).OrderBy(g => g.Key))
            if (known.Person(held.OrderBy(r => r.To ?? DateTime.MaxValue).Last().PersonName) is { } person) roles.TryAdd(person, held.Key);
        return roles;
    }

    /// <summary>With an account, and those whom a document names without one.</summary>
    private static IEnumerable<(string Subject, string Name)> PeopleOf(DocumentRecord r, IReadOnlyList<DocumentPerson> people)
    {
        var known = people.Concat(r.People).Where(p => p.Name.Length > 0).Select(p => (Subject: p.Id.ToString("D"), p.Name)).Distinct().ToList();
        var called = known.Select(p => Known.Form(p.Name)).ToHashSet(StringComparer.Ordinal);
        var others = r.Entries.Select(e => e.AuthorName).Concat(r.Incident.Roles.Select(x => x.PersonName)).Concat(r.Mitigations.SelectMany(m => m.Steps).Select(s => s.ByName)).Concat(r.FollowUps.Select(f => f.OwnerName ?? ""))
            .Concat(r.Reviewers.Select(x => x.Name)).Concat(r.Comments.Select(c => c.ByName)).Append(r.MadeByName);
        return known.Concat(others.Where(n => n.Length > 0 && n != DeskMember.Desk.Name && !called.Contains(Known.Form(n))).Select(n => (Folding.Fold(n), n)).Distinct());
    }

    private static IEnumerable<KnownName> Names((string Subject, string Name) person) =>
        person.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } parts
            ? parts.Where(p => p.Length > 2 && char.IsUpper(p[0])).Select(p => new KnownName(NamedThing.Person, person.Subject, p, NameForm.Part)).Prepend(new KnownName(NamedThing.Person, person.Subject, person.Name))
            : [new KnownName(NamedThing.Person, person.Subject, person.Name)];

    /// <summary>Addresses have pseudonyms of their own, whoever has them.</summary>
    private static IEnumerable<KnownName> Names(DocumentAsset asset) => asset.Names.Where(n => n.Kind != AssetNameKind.Address).Select(n => n.Text).Prepend(asset.Name).Select(n => new KnownName(
        ThingOf(asset.Kind), asset.Id.ToString("D"), n, Common.Contains(Known.Form(n)) ? NameForm.Common : n.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(n) == UriHostNameType.Dns ? NameForm.HostName : NameForm.Whole));
}
