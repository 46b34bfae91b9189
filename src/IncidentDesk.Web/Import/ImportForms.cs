using IncidentDesk.Import;

namespace IncidentDesk.Web.Import;

/// <summary>Sizes of what a person may upload.</summary>
public static class ImportForms
{
    /// <summary>A file at its limit, once as an upload and once as the text that the preview carries to the next step, with the form around it.</summary>
    public const int MaxRequestBytes = (4 * TimelineFile.MaxBytes) + (64 * 1024);
}
