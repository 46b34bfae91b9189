using IncidentDesk.Assets;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Impacts;

/// <summary>Marks an asset as hit, and with it what sits behind it.</summary>
public sealed class MarkImpact(IncidentWriter writer)
{
    /// <param name="MarkId">Made by the client; becomes the <see cref="Impact.ImpactId"/> of the asset itself. The same again is answered with what it made first.</param>
    /// <param name="From">Null for now by the desk's clock.</param>
    /// <param name="Behind">Assets behind it that go down with it, marked as collateral with <paramref name="BehindState"/>. Those that are marked as badly hit already are left as they are.</param>
    /// <param name="BehindState">Null for the state of the asset itself.</param>
    public sealed record Command(
        Guid MarkId, string IncidentKey, Guid AssetId, ImpactState State, ImpactCause Cause, OccurrenceTime? From = null, string? Evidence = null,
        IReadOnlyList<Guid>? Behind = null, ImpactState? BehindState = null);

    /// <remarks>When somebody else has marked the asset with the same state and cause meanwhile, that is the answer and only what is new behind it is added.</remarks>
    /// <returns>The impacts that stand by this mark, the asset first.</returns>
    public Task<Result<IReadOnlyList<Impact>>> HandleAsync(Command command, Actor actor, CancellationToken ct) =>
        writer.RecordAsync<IReadOnlyList<Impact>>(actor, IncidentWriter.Of(command.IncidentKey, ct), recording => MarkAsync(recording, command, ct), ct);

    internal static async Task<Result<IReadOnlyList<Impact>>> MarkAsync(IncidentWriter.Recording recording, Command command, CancellationToken ct)
    {
        var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
        if (command.MarkId == Guid.Empty) return new Invalid(nameof(command.MarkId), "Impact.IdMissing");
        if (!TextRules.OptionalLines(nameof(command.Evidence), command.Evidence, Impact.MaxEvidenceLength).TryGet(out var evidence, out var error)) return error;
        if (!TimeRules.Check(nameof(command.From), command.From ?? OccurrenceTime.Exactly(recording.Now), recording.Now).TryGet(out var from, out error)) return error;

        var earlier = await db.Impacts.IgnoreQueryFilters().Where(i => i.ImpactId == command.MarkId && i.Revision == 1).FirstOrDefaultAsync(ct);
        if (earlier is not null)
        {
            if (earlier.IncidentId != incidentId || earlier.AssetId != command.AssetId) return new Invalid(nameof(command.MarkId), "Impact.IdTaken");
            return Result<IReadOnlyList<Impact>>.Ok(await db.Impacts.Where(i => i.IncidentId == incidentId && i.Sequence == earlier.Sequence && i.Revision == 1).OrderBy(i => i.ImpactId == command.MarkId ? 0 : 1).ToListAsync(ct));
        }

        var asset = await db.Assets.AsNoTracking().FirstOrDefaultAsync(a => a.Id == command.AssetId, ct);
        if (asset is null) return new NotFound("Asset.NotFound", command.AssetId);
        if (asset.RetiredAt is not null) return new Invalid(nameof(command.AssetId), "Asset.Retired", asset.Name);

        var behind = (command.Behind ?? []).Distinct().ToList();
        if (behind.Count > 0 && behind.Except(await AssetGraph.BehindAsync(db, asset.Id, ct)).Any()) return new Invalid(nameof(command.Behind), "Impact.NotBehind", asset.Name);

        var open = (await db.StandingImpacts(incidentId).Where(i => i.ToPrecision == null).ToListAsync(ct)).ToLookup(i => i.AssetId);
        var behindState = command.BehindState ?? command.State;
        Impact Draft(Guid impactId, Guid assetId, ImpactState state, ImpactCause cause, Guid? behindId) => new()
        {
            RowId = Guid.CreateVersion7(),
            ImpactId = impactId,
            Revision = 1,
            IncidentId = incidentId,
            AssetId = assetId,
            State = state,
            Cause = cause,
            FromAt = from.At,
            FromPrecision = from.Precision,
            Evidence = evidence,
            BehindId = behindId,
            Sequence = recording.NextOf(incidentId),
            RecordedAt = recording.Now,
            RecordedById = recording.Member.AuthorId,
            RecordedByName = recording.Member.Name,
        };

        var standing = open[asset.Id].FirstOrDefault(i => i.State == command.State && i.Cause == command.Cause);
        var collateral = behind.Where(id => !open[id].Any(i => i.State >= behindState)).Select(id => Draft(Guid.CreateVersion7(), id, behindState, ImpactCause.Collateral, asset.Id)).ToList();
        if (standing is not null && collateral.Count == 0) return Result<IReadOnlyList<Impact>>.Ok([standing]);

        var first = standing ?? Draft(command.MarkId, asset.Id, command.State, command.Cause, null);
        if (standing is null) db.Impacts.Add(first);
        db.Impacts.AddRange(collateral);
        recording.Log(incidentId, new EntryDraft(EntryKind.Impact, evidence, from)
        {
            Change = new EntryChange.ImpactMarked(asset.Name, collateral.Count, command.State, command.Cause, from),
            Links = [new EntryLink(asset.Name, asset.Id)],
        });
        return Result<IReadOnlyList<Impact>>.Ok([first, .. collateral]);
    }
}
