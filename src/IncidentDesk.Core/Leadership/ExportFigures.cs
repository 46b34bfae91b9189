using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;

namespace IncidentDesk.Leadership;

/// <summary>Takes figures, or the ledger of a member, out as a file. That somebody did stands in the audit trail from then on.</summary>
public sealed class ExportFigures(DeskDatabase database, ReadFigure figures, ReadLedger ledgers, TimeProvider time)
{
    /// <param name="figure">Null for all that the actor may see.</param>
    /// <returns>Csv.</returns>
    public async Task<Result<byte[]>> HandleAsync(Figure? figure, Period period, Actor actor, CancellationToken ct)
    {
        IReadOnlyList<FigureTable>? tables;
        Error? error;
        if (figure is not { } one)
        {
            if (!(await figures.AllAsync(period, actor, ct)).TryGet(out tables, out error)) return error;
        }
        else
        {
            if (!(await figures.HandleAsync(one, period, actor, ct)).TryGet(out var table, out error)) return error;
            tables = [table];
        }
        error = await NoteAsync("leadership", "leadership", new { Format = AuditFormat.Csv, Figure = figure?.Label() ?? "all", period.From, period.To, Rows = tables.Sum(t => t.Rows.Count) }, actor, ct);
        return error is null ? FigureTable.Write(tables) : error;
    }

    /// <returns>Csv.</returns>
    public async Task<Result<byte[]>> LedgerAsync(Guid memberId, Actor actor, CancellationToken ct)
    {
        if (!(await ledgers.HandleAsync(memberId, actor, ct)).TryGet(out var ledger, out var error)) return error;
        error = await NoteAsync(memberId.ToString(), ledger.Member.Name, new { Format = AuditFormat.Csv, Rows = ledger.Rows.Count }, actor, ct);
        return error is null ? ledger.ToCsv() : error;
    }

    /// <summary>The line is kept before the file leaves.</summary>
    private async Task<Error?> NoteAsync(string subjectId, string subject, object what, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        await using var transaction = await database.BeginWriteAsync(db, ct);
        db.Audit(time.UtcNow(), member, AuditKind.Exported, subjectId, subject, after: AuditJson.Of(what));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return null;
    }
}
