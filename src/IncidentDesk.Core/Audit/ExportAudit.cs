using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using IncidentDesk.Data;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Audit;

public enum AuditFormat { Csv, Json }

/// <summary>Administrators take the audit trail, or what they searched for in it, out as a file. That they did stands in it from then on.</summary>
public sealed class ExportAudit(DeskDatabase database, TimeProvider time)
{
    /// <summary>Older lines are left out, and the file says so.</summary>
    public const int MaxRows = 100_000;

    private const int Batch = 1_000;

    private static readonly string[] Columns = ["id", "at_utc", "actor", "actor_id", "kind", "subject", "subject_id", "before", "after", "address"];

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="IsCut">There were more than <see cref="MaxRows"/>.</param>
    /// <param name="WriteAsync">Writes the file, a batch at a time.</param>
    public sealed record Export(int Rows, bool IsCut, Func<Stream, CancellationToken, Task> WriteAsync);

    /// <summary>The line about the export is kept before the first row leaves.</summary>
    public Task<Result<Export>> HandleAsync(ReadAudit.Query query, AuditFormat format, Actor actor, CancellationToken ct) => HandleAsync(query, format, MaxRows, actor, ct);

    internal async Task<Result<Export>> HandleAsync(ReadAudit.Query query, AuditFormat format, int max, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        if (!member.Role.MayAdminister()) return new Forbidden("Desk.AdministratorsOnly");

        await using var transaction = await database.BeginWriteAsync(db, ct);
        // What comes after this moment, the line about the export among it, is not in the file.
        var newest = await ReadAudit.Matching(db, query).MaxAsync(e => (long?)e.Id, ct) ?? 0;
        var rows = await ReadAudit.Matching(db, query).Where(e => e.Id <= newest).Take(max + 1).CountAsync(ct);
        var isCut = rows > max;
        rows = Math.Min(rows, max);
        db.Audit(time.UtcNow(), member, AuditKind.Exported, "audit", "audit", after: AuditJson.Of(new { Format = format, Rows = rows, IsCut = isCut }));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync();
        return new Export(rows, isCut, (to, stop) => format == AuditFormat.Csv ? WriteCsvAsync(query, newest, rows, isCut, to, stop) : WriteJsonAsync(query, newest, rows, isCut, to, stop));
    }

    private async Task WriteCsvAsync(ReadAudit.Query query, long newest, int rows, bool isCut, Stream to, CancellationToken ct)
    {
        await WriteAsync([Columns], to, ct);
        await foreach (var batch in BatchesAsync(query, newest, rows, ct)) await WriteAsync(batch.Select(Fields), to, ct);
        if (isCut) await WriteAsync([[Note(rows), .. Columns[1..].Select(_ => "")]], to, ct);
    }

    private async Task WriteJsonAsync(ReadAudit.Query query, long newest, int rows, bool isCut, Stream to, CancellationToken ct)
    {
        var file = new { Rows = rows, IsCut = isCut, Note = isCut ? Note(rows) : null, Events = EventsAsync(query, newest, rows, ct) };
        await JsonSerializer.SerializeAsync(to, file, Options, ct);
    }

    private static string Note(int rows) => string.Create(CultureInfo.InvariantCulture, $"Cut after {rows} lines: older ones are not in this file. Export shorter times one after the other.");

    /// <summary>Written in memory first: the stream of an answer is not to be blocked on.</summary>
    private static async Task WriteAsync(IEnumerable<string[]> lines, Stream to, CancellationToken ct)
    {
        using var memory = new MemoryStream();
        using (var writer = CsvWriter.Create(memory, new CsvWriterOptions(), leaveOpen: true))
        {
            foreach (var line in lines) writer.WriteRecord([.. line.Select(Cells.Guard)]);
        }
        memory.Position = 0;
        await memory.CopyToAsync(to, ct);
    }

    private static string[] Fields(AuditEvent e) =>
    [
        e.Id.ToString(CultureInfo.InvariantCulture), e.At.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture), e.ActorName, e.ActorId?.ToString() ?? "", e.Kind.ToString(),
        e.Subject, e.SubjectId ?? "", e.Before ?? "", e.After ?? "", e.Address ?? "",
    ];

    private async IAsyncEnumerable<AuditEvent> EventsAsync(ReadAudit.Query query, long newest, int rows, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var batch in BatchesAsync(query, newest, rows, ct))
        {
            foreach (var e in batch) yield return e;
        }
    }

    private async IAsyncEnumerable<List<AuditEvent>> BatchesAsync(ReadAudit.Query query, long newest, int rows, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        for (var (before, left) = (newest + 1, rows); left > 0;)
        {
            var batch = await ReadAudit.Matching(db, query).Where(e => e.Id < before).OrderByDescending(e => e.Id).Take(Math.Min(Batch, left)).ToListAsync(ct);
            if (batch.Count == 0) yield break;
            (before, left) = (batch[^1].Id, left - batch.Count);
            yield return batch;
        }
    }
}
