using IncidentDesk.Shared;

namespace IncidentDesk.Attachments;

/// <summary>The name of a file as it is shown and given back.</summary>
public static class FileNames
{
    /// <summary>What stands behind the last slash of either kind; <c>file</c> when that says nothing.</summary>
    /// <returns>The name, or <c>Text.TooLong</c> or <c>Text.ControlCharacter</c>.</returns>
    public static Result<string> Clean(string field, string? given)
    {
        var last = (given ?? "").Split('/', '\\')[^1].Trim();
        return last.Trim('.').Length == 0 ? "file" : TextRules.Line(field, last, Attachment.MaxNameLength);
    }
}
