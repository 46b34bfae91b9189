using System.Text;
using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Web.Attacks;
using IncidentDesk.Web.Hosting;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;
using static IncidentDesk.Web.Postmortems.Documents.DocumentPart;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>Makes of a record the parts that every text format is written from, with the desk's words in one language.</summary>
public sealed class DocumentLayout
{
    private readonly DocumentRecord _record;
    private readonly Say _say;
    private readonly TimeZoneInfo _zone;
    private readonly Func<ReadBoard.Facts, Task<string>> _draw;
    private readonly DocumentValues _values;
    private readonly DocumentTables _tables;
    private readonly List<DocumentPart> _parts = [];
    private readonly Dictionary<long, DocumentEntry> _entries;
    private readonly Dictionary<Guid, DocumentPicture> _pictures = [];
    private readonly HashSet<Guid> _shown = [];

    /// <param name="record">As its audience may have it.</param>
    /// <param name="draw">The adaptation board as an SVG document.</param>
    /// <param name="read">The content of a file; null when it cannot be had.</param>
    public static async Task<Document> OfAsync(DocumentRecord record, Say say, string language, TimeZoneInfo zone, Func<ReadBoard.Facts, Task<string>> draw, Func<Guid, CancellationToken, Task<byte[]?>> read)
    {
        // What is set in here does not come out.
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        return await new DocumentLayout(record.InWords(say), say, zone, draw, read).ComposeAsync(language);
    }

    private DocumentLayout(DocumentRecord record, Say say, TimeZoneInfo zone, Func<ReadBoard.Facts, Task<string>> draw, Func<Guid, CancellationToken, Task<byte[]?>> read)
    {
        (_record, _say, _zone, _draw) = (record, say, zone, draw);
        _values = new DocumentValues(record, say, zone);
        _tables = new DocumentTables(record, _values, say, Languages.Current == "es");
        _entries = record.Entries.ToDictionary(e => e.Sequence);
        foreach (var (number, file) in record.Files.Index())
        {
            if (FileTypes.IsImage(file.MediaType)) _pictures[file.Id] = new DocumentPicture(PictureNames.Of(number + 1, file), file.MediaType, file.Caption.Length > 0 ? file.Caption : file.FileName, ct => read(file.Id, ct));
        }
    }

    private async Task<Document> ComposeAsync(string language)
    {
        Head();
        foreach (var section in _record.Sections) await SectionAsync(section, language);
        Rest();
        var mark = $"{_record.Incident.Tlp.Label()} · {_record.Incident.Key} · {_say.Word(_record.Audience)}";
        return new Document(_record.Title, _record.Incident.Key, mark, language, _record.Language, _say["Document.MissingPicture"], _say["Document.Page"], _parts, _pictures, _record.Files.ToDictionary(f => f.Id, f => f.FileName));
    }

    private void Head()
    {
        var rows = new List<(string, string)>
        {
            (_say["Document.Kind"], _record.Number > 0 ? _say["Document.Numbered", _say.Word(_record.Kind), _record.Number] : $"{_say.Word(_record.Kind)}, {_say.Word(_record.State)}"),
            (_say["Document.Audience"], _say.Word(_record.Audience)),
            (_say["Document.Sharing"], $"{_record.Incident.Tlp.Label()}, {_say[$"Tlp.{_record.Incident.Tlp}"]}"),
            (_say["Document.Made"], _record.MadeByName.Length > 0 ? $"{_values.When(_record.MadeAt)}, {_record.MadeByName}" : _values.When(_record.MadeAt)),
            (_say["Document.Times"], _zone.Id is "UTC" or "Etc/UTC" ? "UTC" : _zone.Id),
        };
        if (_record.NextDueAt is { } due) rows.Add((_say["Document.NextDue"], _values.When(due)));
        _parts.Add(new Facts(rows));
    }

    private async Task SectionAsync(DocumentSection section, string language)
    {
        // To those outside, an empty section says only that something is missing.
        if (string.IsNullOrWhiteSpace(section.Body) && _record.Audience.IsWider()) return;
        _parts.Add(new Heading(2, language == "es" ? section.TitleEs : section.TitleEn));
        if (string.IsNullOrWhiteSpace(section.Body)) _parts.Add(new Notice(_say["Document.Empty"]));
        foreach (var id in AttachmentLinks.In(section.Body)) _shown.Add(id);
        var text = new StringBuilder();
        var pieces = Fields.Of(section.Body);
        for (var n = 0; n < pieces.Count; n++)
        {
            var piece = pieces[n];
            if (piece.Name is null) text.Append(piece.Text);
            else if (piece.IsBlock)
            {
                Flush(text);
                _parts.AddRange(await BlockAsync(piece));
            }
            else if (_values.Inline(piece.Name) is { } value) text.Append(MarkdownText.Escape(value));
            else if (IsAlone(pieces, n))
            {
                Flush(text);
                _parts.Add(new Notice(_say["Document.UnknownField", piece.Text]));
            }
            else text.Append('[').Append(MarkdownText.Escape(_say["Document.UnknownField", piece.Text])).Append(']');
        }
        Flush(text);
    }

    private async Task<IEnumerable<DocumentPart>> BlockAsync(Fields.Piece piece) => piece.Name switch
    {
        "facts" => _tables.Facts(),
        "impact" => _tables.Impact(),
        "waves" => _tables.Waves(),
        "mitigations" => _tables.Mitigations(),
        "metrics" => _tables.Metrics(),
        "follow-ups" => _tables.FollowUps(),
        "measurements" => _tables.Measurements(piece.Argument),
        "timeline" => _record.Timeline.Any() ? [new Events([.. _record.Timeline.Select(Event)])] : [new Notice(_say["Document.Timeline.None"])],
        "entry" when piece.Entry is { } sequence && _entries.GetValueOrDefault(sequence) is { } entry => [new Events([Event(entry)])],
        "file" when piece.File is { } id && _record.Files.FirstOrDefault(f => f.Id == id) is { } file => [File(file)],
        "board" => [await BoardAsync()],
        _ => [new Notice(_say["Document.NotInRecord", piece.Text])],
    };

    private DocumentEvent Event(DocumentEntry entry)
    {
        foreach (var id in AttachmentLinks.In(entry.Body)) _shown.Add(id);
        var about = string.Join(" · ", new[] { _say.Word(entry.Kind), entry.AuthorName, $"#{entry.Sequence}", entry.IsKeyEvent ? _say["Timeline.KeyEvent"] : "" }.Where(t => t.Length > 0));
        return new DocumentEvent(_values.When(entry.When), entry.When.At is { } at ? Stamps.Machine(at) : null, about, entry.Change is { } change ? ChangeText.Of(change, _zone, _say) : "", entry.Body);
    }

    private DocumentPart File(DocumentFile file)
    {
        if (!_pictures.TryGetValue(file.Id, out var picture)) return new Facts([(_say["Document.File"], Describe(file))]);
        _shown.Add(file.Id);
        return new Figure(picture, file.Caption);
    }

    private string Describe(DocumentFile file) => string.Join(", ", new[] { file.FileName, file.Caption, file.MediaType, _say["Document.Bytes", file.Size], file.Sha256 }.Where(t => t.Length > 0));

    private async Task<DocumentPart> BoardAsync()
    {
        var board = _values.Board.Board(_record.MadeAt);
        if (board.IsEmpty) return new Notice(_say["Document.Board.None"]);
        var text = new BoardText(_say, board, _zone);
        var sentences = string.Join(" ", BoardSentence.Sentences(_say, board.Summary)).Replace("*", "", StringComparison.Ordinal);
        var range = text.Range(board.From, board.To);
        return new Board(await _draw(_values.Board), $"{range}. {sentences}", $"{range}. {sentences}", _tables.Twin(board, text));
    }

    /// <summary>What stands nowhere in the sections and belongs to the document.</summary>
    private void Rest()
    {
        var left = _record.Files.Where(f => _pictures.ContainsKey(f.Id) && !_shown.Contains(f.Id)).ToList();
        if (left.Count > 0) _parts.Add(new Heading(2, _say["Document.Pictures"]));
        foreach (var file in left) _parts.Add(new Figure(_pictures[file.Id], file.Caption));
        if (_record.Audience.IsWider()) return;
        if (_record.Files.Count > 0)
        {
            _parts.Add(new Heading(2, _say["Document.Files"]));
            _parts.Add(new Table(_say["Document.Files"], _tables.Columns("File", "FileKind", "Bytes", "Sha256", "Added"), [.. _record.Files.Select(f => (IReadOnlyList<string>)[f.FileName, f.MediaType, $"{f.Size}", f.Sha256, _values.When(f.AddedAt)])]));
        }
        if (_record.Reviewers.Count == 0) return;
        _parts.Add(new Heading(2, _say["Document.Reviewers"]));
        _parts.Add(new Table(_say["Document.Reviewers"], _tables.Columns("Reviewer", "Asked", "Approved", "Note"), [.. _record.Reviewers.Select(r => (IReadOnlyList<string>)[r.Name, _values.When(r.AskedAt), r.ApprovedAt is { } at ? _values.When(at) : _say["Document.NotApproved"], r.Note])]));
    }

    private void Flush(StringBuilder text)
    {
        var markdown = text.ToString().Trim('\n', '\r');
        text.Clear();
        if (!string.IsNullOrWhiteSpace(markdown)) _parts.Add(new DocumentPart.Text(markdown));
    }

    private static bool IsAlone(IReadOnlyList<Fields.Piece> pieces, int at) =>
        (at == 0 || pieces[at - 1].IsBlock || pieces[at - 1].Text.TrimEnd(' ').EndsWith('\n')) && (at + 1 == pieces.Count || pieces[at + 1].IsBlock || pieces[at + 1].Text.TrimStart(' ').StartsWith('\n'));
}

/// <summary>How pictures are called where they stand beside a document.</summary>
internal static class PictureNames
{
    public const string Board = "board";

    /// <param name="number">1, 2, 3, … in the document: no two have the same name.</param>
    public static string Of(int number, DocumentFile file)
    {
        var letters = Folding.Fold(Path.GetFileNameWithoutExtension(file.FileName)).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(60);
        var name = string.Join('-', new string([.. letters]).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return $"{number:000}{(name.Length > 0 ? "-" : "")}{name}.{Extension(file.MediaType)}";
    }

    public static string Extension(string mediaType) => mediaType switch
    {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        _ => "bin",
    };
}
