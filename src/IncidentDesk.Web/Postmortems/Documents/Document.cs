namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>A document as it is written into every text format: the same parts in the same order, all of the desk's words in one language.</summary>
/// <param name="Key">Of the incident.</param>
/// <param name="Mark">How far it may travel, for the head of every page: the TLP label, the key and the audience.</param>
/// <param name="Language"><c>en</c> or <c>es</c>: of the desk's words.</param>
/// <param name="TextLanguage">Of the authors' text.</param>
/// <param name="MissingPicture">What stands where a picture cannot be had; <c>{0}</c> is its name.</param>
/// <param name="Page">For the foot of a page, such as "page {0} of {1}".</param>
/// <param name="Pictures">Those that a text may show, by the id of their file.</param>
/// <param name="Names">Of all files in the record, by id.</param>
public sealed record Document(
    string Title, string Key, string Mark, string Language, string TextLanguage, string MissingPicture, string Page, IReadOnlyList<DocumentPart> Parts,
    IReadOnlyDictionary<Guid, DocumentPicture> Pictures, IReadOnlyDictionary<Guid, string> Names)
{
    /// <summary>For text of the authors where it differs from that of the document; null where it does not.</summary>
    public string? OtherLanguage => TextLanguage == Language ? null : TextLanguage;
}

public abstract record DocumentPart
{
    /// <param name="Level">2 for a section.</param>
    public sealed record Heading(int Level, string Title) : DocumentPart;

    /// <summary>Markdown of the authors; it stands for itself, so that what is not closed in it goes no further.</summary>
    public sealed record Text(string Markdown) : DocumentPart;

    /// <summary>What is missing or wrong, said where it should stand.</summary>
    public sealed record Notice(string Words) : DocumentPart;

    public sealed record Facts(IReadOnlyList<(string Term, string Value)> Rows) : DocumentPart;

    /// <param name="Rows">Of plain text; the first cell heads the row.</param>
    public sealed record Table(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : DocumentPart;

    public sealed record Events(IReadOnlyList<DocumentEvent> Rows) : DocumentPart;

    /// <param name="Caption">May be empty.</param>
    public sealed record Figure(DocumentPicture Picture, string Caption) : DocumentPart;

    /// <param name="Svg">A whole SVG document without a script.</param>
    /// <param name="Twin">The same as a table, for where no picture can be.</param>
    public sealed record Board(string Svg, string Alternative, string Caption, Table Twin) : DocumentPart;
}

/// <summary>An entry of the log.</summary>
/// <param name="When">With zone and precision.</param>
/// <param name="Machine">UTC, for machines; null where no time is known.</param>
/// <param name="About">Kind, author and number.</param>
/// <param name="Change">What the desk did; empty for the entries of people.</param>
/// <param name="Markdown">May be empty.</param>
public sealed record DocumentEvent(string When, string? Machine, string About, string Change, string Markdown);

/// <summary>A picture of the incident.</summary>
/// <param name="FileName">As it may be called where pictures stand beside the document.</param>
/// <param name="Alternative">For those who do not see it.</param>
/// <param name="ReadAsync">Null when it cannot be had.</param>
public sealed record DocumentPicture(string FileName, string MediaType, string Alternative, Func<CancellationToken, Task<byte[]?>> ReadAsync);
