using IncidentDesk.Import;
using IncidentDesk.Shared;

namespace IncidentDesk.Assets;

/// <summary>What a line of an inventory file does.</summary>
public enum InventoryAct { Added, Changed, Unchanged }

/// <param name="Fields">What a changed one changes: columns of the file.</param>
public sealed record InventoryPlanLine(int Line, string Kind, string Name, InventoryAct Act, IReadOnlyList<string> Fields);

/// <summary>Brings the lines of a file and the inventory as it is together: what becomes of each line, and all that is wrong.</summary>
/// <remarks>It changes the entities that it is given; the caller saves them, or throws them away after a preview.</remarks>
internal sealed class InventoryPlan(IReadOnlyList<Member> members, IReadOnlyList<Asset> assets, ProblemList problems, DateTime now)
{
    private static readonly Dictionary<string, AssetKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["uplink"] = AssetKind.Uplink,
        ["server"] = AssetKind.Server,
        ["service"] = AssetKind.Service,
        ["site"] = AssetKind.MemberSite,
    };

    private readonly Dictionary<string, Member> _members = members.ToDictionary(m => m.FoldedName, StringComparer.Ordinal);
    private readonly Dictionary<string, Asset> _assets = assets.ToDictionary(a => a.FoldedName, StringComparer.Ordinal);

    public List<Member> NewMembers { get; } = [];
    public List<Asset> NewAssets { get; } = [];

    /// <summary>The word of the file for a kind.</summary>
    public static string Word(AssetKind kind) => Kinds.First(k => k.Value == kind).Key;

    public List<InventoryPlanLine> Lay(IReadOnlyList<InventoryRow> rows)
    {
        foreach (var twice in rows.GroupBy(r => (IsMember: IsMember(r), Name: Folding.Fold(r.Name.Trim()))).Where(g => g.Key.Name.Length > 0 && g.Count() > 1))
            problems.Add(twice.Last().Line, "InventoryTwice", twice.Last().Name, twice.First().Line);

        // Members first, then assets, then what sits on what: a line may speak of one that stands below it.
        var lines = rows.Where(IsMember).Select(MemberLine).OfType<InventoryPlanLine>().ToList();
        var laid = rows.Where(r => !IsMember(r)).Select(r => (Row: r, Asset: Find(r))).Where(r => r.Asset is not null).ToList();
        foreach (var (row, found) in laid) lines.Add(AssetLine(row, found!.Value.Asset, found.Value.IsNew));
        FindCircles([.. laid.Select(l => (l.Row.Line, l.Asset!.Value.Asset))]);
        return [.. lines.OrderBy(l => l.Line)];
    }

    private static bool IsMember(InventoryRow row) => row.Kind.Equals("member", StringComparison.OrdinalIgnoreCase);

    private InventoryPlanLine? MemberLine(InventoryRow row)
    {
        if (!Keep(row.Line, TextRules.Line("name", row.Name, Member.MaxNameLength), out var name)) return null;
        foreach (var (column, isSet) in new[] { ("member", row.Member?.Length > 0), ("sits_on", row.SitsOn?.Count > 0), ("host_names", row.HostNames?.Count > 0), ("addresses", row.Addresses?.Count > 0), ("service", row.Service?.Length > 0) })
            if (isSet) problems.Add(row.Line, "InventoryNotOfMember", column);

        var isNew = !_members.TryGetValue(Folding.Fold(name), out var member);
        if (isNew)
        {
            _members[Folding.Fold(name)] = member = new Member { Id = Guid.CreateVersion7(), Name = name, FoldedName = Folding.Fold(name) };
            NewMembers.Add(member);
        }
        var aliases = new List<string>();
        foreach (var text in row.Aliases ?? member!.Aliases)
            if (Keep(row.Line, TextRules.Line("aliases", text, Member.MaxNameLength), out var alias)) aliases.Add(alias);
        if (!Keep(row.Line, TextRules.OptionalLines("notes", row.Notes ?? member!.Notes, Member.MaxNotesLength), out var notes)) return null;
        var (isInvented, isRetired, mayBeNamed) = (row.Invented ?? member!.IsInvented, row.Retired ?? member!.RetiredAt is not null, row.MayBeNamed ?? member!.MayBeNamed);

        var fields = new List<string>();
        if (member!.Name != name) fields.Add("name");
        if (!member.Aliases.SequenceEqual(aliases, StringComparer.Ordinal)) fields.Add("aliases");
        if (member.Notes != notes) fields.Add("notes");
        if (member.IsInvented != isInvented) fields.Add("invented");
        if (member.RetiredAt is not null != isRetired) fields.Add("retired");
        if (member.MayBeNamed != mayBeNamed) fields.Add("may_be_named");
        if (fields.Count > 0)
        {
            (member.Name, member.Notes, member.IsInvented, member.RetiredAt, member.MayBeNamed) = (name, notes, isInvented, isRetired ? member.RetiredAt ?? now : null, mayBeNamed);
            if (fields.Contains("aliases")) member.Aliases = aliases;
            if (!isNew) member.Version++;
        }
        return new(row.Line, "member", name, Act(isNew, fields), isNew ? [] : fields);
    }

    private (Asset Asset, bool IsNew)? Find(InventoryRow row)
    {
        // Empty is how the desk writes a no, and its own file has the column on every line.
        if (row.MayBeNamed == true) problems.Add(row.Line, "InventoryOnlyOfMember", "may_be_named");
        if (!Kinds.TryGetValue(row.Kind, out var kind))
        {
            problems.Add(row.Line, "InventoryKindUnknown", row.Kind);
            return null;
        }
        if (!Keep(row.Line, AssetRules.Name("name", row.Name), out var name)) return null;
        var folded = Folding.Fold(name);
        if (_assets.TryGetValue(folded, out var asset))
        {
            if (asset.Kind == kind) return (asset, NewAssets.Contains(asset));
            problems.Add(row.Line, "InventoryOtherKind", name, Word(asset.Kind));
            return null;
        }
        _assets[folded] = asset = new Asset { Id = Guid.CreateVersion7(), Kind = kind, Name = name, FoldedName = folded };
        NewAssets.Add(asset);
        return (asset, true);
    }

    private InventoryPlanLine AssetLine(InventoryRow row, Asset asset, bool isNew)
    {
        var names = new List<AssetName>();
        foreach (var (column, kind, texts) in new[] { ("aliases", AssetNameKind.Alias, row.Aliases), ("host_names", AssetNameKind.HostName, row.HostNames), ("addresses", AssetNameKind.Address, row.Addresses) })
            foreach (var text in texts ?? [.. asset.Names.Where(n => n.Kind == kind).Select(n => n.Text)])
                if (Keep(row.Line, AssetRules.Other(column, kind, text), out var other) && !names.Exists(n => n.Kind == kind && n.Folded == other.Folded)) names.Add(other);

        Member? member = null;
        if (row.Member?.Length > 0 && !_members.TryGetValue(Folding.Fold(row.Member), out member)) problems.Add(row.Line, "InventoryMemberUnknown", row.Member);
        var memberId = row.Member is null ? asset.MemberId : member?.Id;
        List<Guid> parents = row.SitsOn is null ? [.. asset.SitsOn.Select(l => l.OnId)] : [];
        foreach (var on in row.SitsOn ?? [])
        {
            if (!_assets.TryGetValue(Folding.Fold(on), out var parent)) problems.Add(row.Line, "InventoryParentUnknown", on);
            else if (!AssetRules.MaySitOn(asset.Kind, parent.Kind)) problems.Add(row.Line, "Asset.CannotSitOn", asset.Name, parent.Name);
            else if (!parents.Contains(parent.Id)) parents.Add(parent.Id);
        }
        var service = row.Service ?? asset.Service;
        if (service.Length > 0) Keep(row.Line, TextRules.Line("service", service, Asset.MaxServiceLength), out _);
        Keep(row.Line, TextRules.OptionalLines("notes", row.Notes ?? asset.Notes, Asset.MaxNotesLength), out var notes);
        var (isInvented, isRetired) = (row.Invented ?? asset.IsInvented, row.Retired ?? asset.RetiredAt is not null);
        var name = row.Name.Trim().TrimStart('#').TrimStart();

        var fields = new List<string>();
        if (asset.Name != name) fields.Add("name");
        if (asset.MemberId != memberId) fields.Add("member");
        if (!asset.SitsOn.Select(l => l.OnId).ToHashSet().SetEquals(parents)) fields.Add("sits_on");
        foreach (var (column, kind) in new[] { ("aliases", AssetNameKind.Alias), ("host_names", AssetNameKind.HostName), ("addresses", AssetNameKind.Address) })
            if (!asset.Names.Where(n => n.Kind == kind).Select(n => n.Text).Order(StringComparer.Ordinal).SequenceEqual(names.Where(n => n.Kind == kind).Select(n => n.Text).Order(StringComparer.Ordinal), StringComparer.Ordinal)) fields.Add(column);
        if (asset.Service != service) fields.Add("service");
        if (asset.Notes != (notes ?? "")) fields.Add("notes");
        if (asset.IsInvented != isInvented) fields.Add("invented");
        if (asset.RetiredAt is not null != isRetired) fields.Add("retired");
        if (fields.Count > 0)
        {
            (asset.Name, asset.MemberId, asset.Service, asset.Notes, asset.IsInvented) = (name, memberId, service, notes ?? "", isInvented);
            asset.RetiredAt = isRetired ? asset.RetiredAt ?? now : null;
            asset.TakeNames(names);
            asset.TakeParents(parents);
            if (!isNew) asset.Version++;
        }
        return new(row.Line, Word(asset.Kind), asset.Name, Act(isNew, fields), isNew ? [] : fields);
    }

    private void FindCircles(IReadOnlyList<(int Line, Asset Asset)> laid)
    {
        var byId = _assets.Values.ToDictionary(a => a.Id);
        var done = new HashSet<Guid>();
        foreach (var (line, asset) in laid)
        {
            if (IsInCircle(asset, byId, done)) problems.Add(line, "InventoryCircle", asset.Name);
        }
    }

    /// <summary>Whether one comes back to an asset by going from what it sits on to what that sits on.</summary>
    private static bool IsInCircle(Asset start, Dictionary<Guid, Asset> byId, HashSet<Guid> free)
    {
        var (seen, next) = (new HashSet<Guid>(), new Stack<Asset>([start]));
        while (next.TryPop(out var asset))
        {
            foreach (var on in asset.SitsOn.Select(l => l.OnId))
            {
                if (on == start.Id) return true;
                if (!free.Contains(on) && seen.Add(on)) next.Push(byId[on]);
            }
        }
        free.Add(start.Id);
        return false;
    }

    private static InventoryAct Act(bool isNew, List<string> fields) => isNew ? InventoryAct.Added : fields.Count > 0 ? InventoryAct.Changed : InventoryAct.Unchanged;

    private bool Keep<T>(int line, Result<T> result, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
    {
        if (result.TryGet(out value, out var error)) return true;
        problems.Add(line, error.Code, error.Args);
        return false;
    }
}
