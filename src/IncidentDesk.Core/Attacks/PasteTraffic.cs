using IncidentDesk.Data;
using IncidentDesk.Import;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <summary>Records measurements from a table: all of it or nothing.</summary>
public sealed class PasteTraffic(DeskDatabase database, RecordTraffic record, TimeProvider time)
{
    /// <param name="Id">Made by the client; see <see cref="RecordTraffic.Command"/>.</param>
    /// <param name="Content">See <see cref="TrafficCsv"/>.</param>
    /// <param name="Unit">Of lines that name none; null when each has to name its own.</param>
    /// <param name="MeasuredAt">Of lines that name no place.</param>
    public sealed record Command(string IncidentKey, Guid Id, ReadOnlyMemory<byte> Content, TrafficUnit? Unit = null, string? MeasuredAt = null, bool DryRun = false);

    /// <param name="Batches">What was recorded; empty in a dry run and when there are problems.</param>
    public sealed record Outcome(IReadOnlyList<RecordTraffic.Series> Series, IReadOnlyList<ImportProblem> Problems, IReadOnlyList<TrafficBatch> Batches);

    public async Task<Result<Outcome>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        TimeZoneInfo zone;
        await using (var db = await database.OpenAsync(ct))
        {
            if (!(await db.EnterAsync(actor, command.IncidentKey, ct)).TryGet(out var entered, out var error)) return error;
            if (!entered.Member.Role.MayRespond()) return new Forbidden("Traffic.MayNotRecord");
            zone = TimeZoneInfo.FindSystemTimeZoneById(await db.Incidents.Where(i => i.Id == entered.IncidentId).Select(i => i.TimeZone).FirstAsync(ct));
        }
        if (!string.IsNullOrWhiteSpace(command.MeasuredAt) && TextRules.Line(nameof(command.MeasuredAt), command.MeasuredAt, AttackWave.MaxWhereLength).Error is { } bad) return bad;

        var (series, problems) = TrafficCsv.Read(command.Content.Span, zone, command.Unit, command.MeasuredAt ?? "", time.UtcNow());
        if (command.DryRun || problems.Count > 0) return new Outcome(series, problems, []);
        return (await record.HandleAsync(new(command.IncidentKey, command.Id, series), actor, ct)).TryGet(out var batches, out var refused) ? new Outcome(series, problems, batches) : refused;
    }
}
