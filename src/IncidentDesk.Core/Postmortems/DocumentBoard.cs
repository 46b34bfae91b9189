using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

/// <summary>What the adaptation board is drawn from, out of a document: what was taken out of the document is not in the picture.</summary>
public static class DocumentBoard
{
    public static ReadBoard.Facts Facts(DocumentRecord record)
    {
        var members = record.Members.ToDictionary(m => m.Id, m => new Member { Id = m.Id, Name = m.Name, FoldedName = Folding.Fold(m.Name) });
        var assets = record.Assets.ToDictionary(a => a.Id, a => new Asset { Id = a.Id, Kind = a.Kind, Name = a.Name, FoldedName = Folding.Fold(a.Name), Service = a.Service, MemberId = a.MemberId, Member = a.MemberId is { } id ? members.GetValueOrDefault(id) : null });
        var mitigations = record.Mitigations.Select(m => Of(m, assets)).ToList();
        var situation = new Situation(record.Sequence, [.. record.Impacts.Select(i => Of(i, assets))], mitigations, [], [], [.. record.Waves.Select(w => Of(w, assets, mitigations))], [], record.MemberCount);
        return new ReadBoard.Facts(Incident(record), situation, [.. record.Timeline.Where(e => e.IsKeyEvent).Select(KeyEvent)], [.. record.Traffic.Select(t => t with { Points = ReadTraffic.ThinOut(t.Points, ReadTraffic.MaxPoints) })], record.Sequence, 0);
    }

    private static Incident Incident(DocumentRecord record) => new()
    {
        Key = record.Incident.Key,
        Title = record.Incident.Title,
        Severity = record.Incident.Severity,
        Status = record.Incident.Status,
        Tlp = record.Incident.Tlp,
        TimeZone = record.Incident.TimeZone,
        DeclaredAt = record.Incident.DeclaredAt,
    };

    private static ReadTimeline.KeyEvent KeyEvent(DocumentEntry e) => ReadTimeline.KeyEvent.Of(e.Sequence, e.SortAt, e.When, e.Body);

    private static Impact Of(DocumentImpact i, Dictionary<Guid, Asset> assets) => new()
    {
        ImpactId = i.Id,
        AssetId = i.AssetId,
        Asset = assets.GetValueOrDefault(i.AssetId),
        State = i.State,
        Cause = i.Cause,
        FromAt = i.From.At,
        FromPrecision = i.From.Precision,
        ToAt = i.To?.At,
        ToPrecision = i.To?.Precision,
        KnownFrom = i.KnownFrom,
        KnownTo = i.KnownTo,
        RecordedAt = i.KnownFrom,
        RecordedByName = "",
    };

    private static Mitigation Of(DocumentMitigation m, Dictionary<Guid, Asset> assets) => new()
    {
        Id = m.Id,
        Name = m.Name,
        FoldedName = Folding.Fold(m.Name),
        Title = m.Title,
        Kind = m.Kind,
        Actor = m.Actor,
        State = m.State,
        CreatedAt = m.CreatedAt,
        VerdictReason = m.VerdictReason,
        Steps = [.. m.Steps.Select(s => new MitigationStep { MitigationId = m.Id, Number = s.Number, State = s.State, At = s.When.At, Precision = s.When.Precision, RecordedAt = s.RecordedAt, ByName = s.ByName, Reason = s.Reason })],
        Scope = [.. m.Scope.Select(id => new MitigationScope { MitigationId = m.Id, AssetId = id, Asset = assets.GetValueOrDefault(id) })],
    };

    private static AttackWave Of(DocumentWave w, Dictionary<Guid, Asset> assets, List<Mitigation> mitigations) => new()
    {
        Id = w.Id,
        Number = w.Number,
        Vector = w.Vector,
        FromAt = w.From.At,
        FromPrecision = w.From.Precision,
        ToAt = w.To?.At,
        ToPrecision = w.To?.Precision,
        Magnitude = w.Magnitude,
        Unit = w.Unit,
        MagnitudeKind = w.MagnitudeKind,
        MeasuredAt = w.MeasuredAt,
        Countries = [.. w.Countries],
        Networks = [.. w.Networks],
        Prefixes = w.Prefixes,
        AdaptedToId = w.AdaptedTo,
        AdaptedTo = mitigations.Find(m => m.Id == w.AdaptedTo),
        CreatedAt = w.CreatedAt,
        CreatedByName = "",
        Targets = [.. w.Targets.Select(id => new WaveTarget { WaveId = w.Id, AssetId = id, Asset = assets.GetValueOrDefault(id) })],
        Defences = [.. w.Defences.Select(id => new WaveDefence { WaveId = w.Id, MitigationId = id })],
    };
}
