using IncidentDesk.Assets;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Impacts;

/// <summary>Marks an asset as back: ends its open impacts in the incident, and those of what went down with it and sits behind nothing else that is down.</summary>
public sealed class EndImpact(IncidentWriter writer)
{
    /// <param name="To">Null for now by the desk's clock; <see cref="Precision.OrderOnly"/> when it is over and nobody knows since when.</param>
    /// <param name="WithBehind">Also what was marked together with it.</param>
    public sealed record Command(string IncidentKey, Guid AssetId, OccurrenceTime? To = null, bool WithBehind = true, string? Reason = null);

    /// <returns>The revisions that end them; none when nothing was open.</returns>
    public Task<Result<IReadOnlyList<Impact>>> HandleAsync(Command command, Actor actor, CancellationToken ct) =>
        writer.RecordAsync<IReadOnlyList<Impact>>(actor, IncidentWriter.Of(command.IncidentKey, ct), recording => EndAsync(recording, command, ct), ct);

    internal static async Task<Result<IReadOnlyList<Impact>>> EndAsync(IncidentWriter.Recording recording, Command command, CancellationToken ct)
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, Impact.MaxEvidenceLength).TryGet(out var reason, out var error)) return error;
        if (!TimeRules.Check(nameof(command.To), command.To ?? OccurrenceTime.Exactly(recording.Now), recording.Now).TryGet(out var to, out error)) return error;
        var asset = await db.Assets.AsNoTracking().FirstOrDefaultAsync(a => a.Id == command.AssetId, ct);
        if (asset is null) return new NotFound("Asset.NotFound", command.AssetId);

        var open = await db.StandingImpacts(incidentId).Where(i => i.ToPrecision == null && (i.AssetId == asset.Id || (command.WithBehind && i.BehindId == asset.Id))).ToListAsync(ct);
        if (open.Count == 0) return Result<IReadOnlyList<Impact>>.Ok([]);

        if (open.Find(i => Ends.AreCrossed(i.From, to)) is { } early) return new Invalid(nameof(command.To), "Impact.EndsBeforeStart", early.FromAt!);

        var stays = await StaysBehindAsync(db, incidentId, open, asset.Id, ct);
        db.Impacts.AddRange(stays.Select(s => s.Impact.Revise(recording, s.Impact.State, s.Impact.Cause, s.Impact.From, null, s.Impact.Evidence, isWithdrawn: false, s.Behind)));
        Impact[] ended = [.. open.Except(stays.Select(s => s.Impact)).OrderBy(i => i.AssetId == asset.Id ? 0 : 1).Select(i => i.Revise(recording, i.State, i.Cause, i.From, to, i.Evidence, isWithdrawn: false))];
        db.Impacts.AddRange(ended);
        recording.Log(incidentId, new EntryDraft(EntryKind.Impact, reason, to)
        {
            Change = new EntryChange.ImpactEnded(asset.Name, ended.Count(i => i.AssetId != asset.Id), to),
            Links = [new EntryLink(asset.Name, asset.Id)],
        });
        return Result<IReadOnlyList<Impact>>.Ok(ended);
    }

    /// <summary>Collateral that sits behind something else, too, which is as badly hit and not back: it stays down, from now on with that one.</summary>
    private static async Task<IReadOnlyList<(Impact Impact, Guid Behind)>> StaysBehindAsync(DeskContext db, Guid incidentId, List<Impact> ending, Guid backId, CancellationToken ct)
    {
        var collateral = ending.Where(i => i.AssetId != backId).ToList();
        if (collateral.Count == 0) return [];
        var ids = ending.Select(i => i.ImpactId).ToHashSet();
        var others = (await db.StandingImpacts(incidentId).Where(i => i.ToPrecision == null && i.Asset!.Kind != AssetKind.MemberSite).ToListAsync(ct)).Where(i => !ids.Contains(i.ImpactId) && i.AssetId != backId);
        var stays = new Dictionary<Guid, (Impact, Guid)>();
        foreach (var other in others)
        {
            var behind = await AssetGraph.BehindAsync(db, other.AssetId, ct);
            foreach (var impact in collateral.Where(i => other.State >= i.State && behind.Contains(i.AssetId))) stays.TryAdd(impact.ImpactId, (impact, other.AssetId));
        }
        return [.. stays.Values];
    }
}

internal static class Ends
{
    /// <summary>True when the end lies before the start, however the hour or the day of it is read.</summary>
    public static bool AreCrossed(OccurrenceTime from, OccurrenceTime? to) =>
        from.At is { } start && to?.At is { } end && from.Precision != Precision.Before && to.Precision != Precision.After
        && Latest(end, to.Precision) < (from.Precision == Precision.Day ? start.Date : start);

    private static DateTime Latest(DateTime at, Precision precision) => precision switch
    {
        Precision.Day => at.Date.AddDays(1),
        Precision.Hour => at.AddHours(1),
        _ => at,
    };
}
