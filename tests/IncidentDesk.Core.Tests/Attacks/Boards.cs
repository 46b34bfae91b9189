using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Impacts;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Tests.Attacks;

/// <summary>Waves and defences as the database would give them; hours count from the first of August, 00:00 UTC.</summary>
internal static class Boards
{
    public static readonly DateTime Start = new(2015, 8, 1, 0, 0, 0, DateTimeKind.Utc);

    public static DateTime Hour(double hours) => Start.AddHours(hours);

    public static OccurrenceTime At(double hours, Precision precision = Precision.Exact) => new(Hour(hours), precision);

    /// <param name="from">Null when nobody knows.</param>
    /// <param name="to">Null while it goes on.</param>
    public static AttackWave Wave(int number, OccurrenceTime? from, OccurrenceTime? to = null, Mitigation[]? against = null, Mitigation? answers = null, bool withdrawn = false)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id,
            Number = number,
            Vector = "dns-query-flood",
            FromAt = from?.At,
            FromPrecision = from?.Precision ?? Precision.OrderOnly,
            ToAt = to?.At,
            ToPrecision = to?.Precision,
            AdaptedToId = answers?.Id,
            IsWithdrawn = withdrawn,
            CreatedByName = "Ana Ruiz",
            Defences = [.. (against ?? []).Select(m => new WaveDefence { WaveId = id, MitigationId = m.Id })],
        };
    }

    public static Mitigation Defence(string title, params (MitigationState State, OccurrenceTime When)[] states) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = title,
        FoldedName = title,
        Title = title,
        Kind = "rate-limit",
        State = states[^1].State,
        CreatedAt = Hour(0),
        Steps = [.. states.Select((s, n) => new MitigationStep { Number = n + 1, State = s.State, At = s.When.At, Precision = s.When.Precision, RecordedAt = s.When.At ?? Hour(200), ByName = "Ana Ruiz" })],
    };

    /// <param name="to">Null while it is hit.</param>
    public static Impact Hit(Guid member, double from, double? to, AssetKind kind = AssetKind.MemberSite, ImpactState state = ImpactState.MajorOutage)
    {
        var asset = new Asset { Id = Guid.CreateVersion7(), Kind = kind, Name = "site", FoldedName = "site", MemberId = member };
        return new()
        {
            ImpactId = Guid.CreateVersion7(),
            Revision = 1,
            AssetId = asset.Id,
            Asset = asset,
            State = state,
            FromAt = Hour(from),
            ToAt = to is { } end ? Hour(end) : null,
            ToPrecision = to is null ? null : Precision.Exact,
            RecordedAt = Hour(to ?? from),
            RecordedByName = "Ana Ruiz",
        };
    }

    public static AdaptationBoard Of(AttackWave[] waves, Mitigation[] mitigations, Impact[]? impacts = null, TrafficSeries[]? traffic = null, ReadTimeline.KeyEvent[]? events = null, double now = 480, bool isOver = false, int members = 850) =>
        AdaptationBoard.Of(new Situation(9, impacts ?? [], mitigations, [], [], waves, [], members), events ?? [], traffic ?? [], isOver, Hour(now));
}
