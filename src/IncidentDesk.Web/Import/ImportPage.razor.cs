using System.Text;
using IncidentDesk.Import;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.People;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Import;

/// <summary>Import in two steps that hold nothing on the server: the preview carries the text to the step that applies it.</summary>
public sealed partial class ImportPage
{
    /// <summary>Lines that the preview lists; all of them are imported.</summary>
    private const int Shown = 1_000;

    private ImportTimeline.Outcome? _outcome;
    private TimelineFormat _format;
    private string _text = "";
    private Error? _error;
    private bool _isThere;
    private List<Guid>? _chosen;

    [Parameter] public required string Key { get; set; }
    [Inject] private ImportTimeline Import { get; set; } = null!;
    [Inject] private FindIncidents Find { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Context { get; set; } = null!;
    [SupplyParameterFromForm] private ImportForm? Input { get; set; }

    protected override async Task OnInitializedAsync()
    {
        // Its forms are not rendered before: the framework cannot take a page with forms away for the one that says "not found".
        _isThere = (await Find.ByKeyAsync(Key, Context.User.ToActor(), Context.RequestAborted)).Succeeded;
        if (!_isThere) Navigation.NotFound();
    }

    // Both steps are one form to the framework: a request finds only the form that a fresh page shows.
    private Task TakeStepAsync() => Input?.Format is null ? PreviewAsync() : ApplyAsync();

    private async Task PreviewAsync()
    {
        byte[] content;
        if (Input?.File is { Length: > 0 } file)
        {
            // One byte more than fits, so that the use case can say that it does not.
            content = new byte[Math.Min(file.Length, TimelineFile.MaxBytes + 1)];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(content, Context.RequestAborted);
            _format = FormatOf(Path.GetExtension(file.FileName), content);
        }
        else if (!string.IsNullOrWhiteSpace(Input?.Text))
        {
            content = Encoding.UTF8.GetBytes(Input.Text);
            _format = FormatOf("", content);
        }
        else
        {
            _error = new Invalid("File", "Import.Nothing");
            return;
        }
        await RunAsync(content, dryRun: true);
        // The second step gets it as text: a byte order mark says how it was written, and what was refused never gets there.
        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        _text = await reader.ReadToEndAsync(Context.RequestAborted);
    }

    private async Task ApplyAsync()
    {
        _text = Input?.Text ?? "";
        _format = Input?.Format ?? TimelineFormat.Csv;
        _chosen = [.. Context.Request.Form[ImportOffers.Field].Select(id => Guid.TryParse(id, out var chosen) ? chosen : Guid.Empty)];
        var content = Encoding.UTF8.GetBytes(_text);
        await RunAsync(content, dryRun: false);
        if (_outcome is { Applied: true }) Navigation.NavigateTo(Links.Incident(Key));
        if (_error is not { } error) return;
        // The choice cannot be done: the preview again, with what was chosen.
        await RunAsync(content, dryRun: true);
        _error = error;
    }

    private async Task RunAsync(byte[] content, bool dryRun)
    {
        var result = await Import.HandleAsync(new ImportTimeline.Command(Key, content, _format, dryRun, dryRun ? null : _chosen), Context.User.ToActor(), CancellationToken.None);
        if (result.TryGet(out var outcome, out _error)) _outcome = outcome;
    }

    private static TimelineFormat FormatOf(string extension, byte[] content)
    {
        if (extension.Equals(".csv", StringComparison.OrdinalIgnoreCase)) return TimelineFormat.Csv;
        if (extension.Length > 0 && extension.StartsWith(".m", StringComparison.OrdinalIgnoreCase)) return TimelineFormat.Markdown;
        // Pasted text and .txt: a heading or bullet says Markdown.
        var start = Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, 200))).TrimStart('\uFEFF', ' ', '\n', '\r', '\t');
        return start.Length > 0 && start[0] is '#' or '-' or '*' ? TimelineFormat.Markdown : TimelineFormat.Csv;
    }

    private static string? RowClass(ImportLine line) =>
        line.Doubts.Contains(ImportDoubt.AlreadyImported) ? "skip" : line.Doubts.Count > 0 ? "dbt" : null;

    private sealed class ImportForm
    {
        public IFormFile? File { get; set; }
        public string? Text { get; set; }
        public TimelineFormat? Format { get; set; }
    }
}
