using System.Text;
using IncidentDesk.Assets;
using IncidentDesk.Import;
using IncidentDesk.Shared;
using IncidentDesk.Web.People;
using Microsoft.AspNetCore.Components;

namespace IncidentDesk.Web.Assets;

/// <summary>Import in two steps that hold nothing on the server: the preview carries the text to the step that applies it.</summary>
public sealed partial class InventoryImportPage
{
    /// <summary>Lines that the preview lists; all of them are imported.</summary>
    private const int Shown = 1_000;

    private ImportInventory.Outcome? _outcome;
    private InventoryFormat _format;
    private string _text = "";
    private Error? _error;

    [Inject] private ImportInventory Import { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Context { get; set; } = null!;
    [SupplyParameterFromForm] private ImportForm? Input { get; set; }

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
        }
        else if (!string.IsNullOrWhiteSpace(Input?.Text)) content = Encoding.UTF8.GetBytes(Input.Text);
        else
        {
            _error = new Invalid("File", "Import.Nothing");
            return;
        }
        _format = Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, 200))).TrimStart('\uFEFF', ' ', '\n', '\r', '\t') is ['[' or '{', ..] ? InventoryFormat.Json : InventoryFormat.Csv;
        await RunAsync(content, dryRun: true);
        // The second step gets it as text: a byte order mark says how it was written, and what was refused never gets there.
        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        _text = await reader.ReadToEndAsync(Context.RequestAborted);
    }

    private async Task ApplyAsync()
    {
        (_text, _format) = (Input?.Text ?? "", Input?.Format ?? InventoryFormat.Csv);
        await RunAsync(Encoding.UTF8.GetBytes(_text), dryRun: false);
        if (_outcome is { Applied: true }) Navigation.NavigateTo(Links.Inventory);
    }

    private async Task RunAsync(byte[] content, bool dryRun)
    {
        if ((await Import.HandleAsync(new(content, _format, dryRun), Context.User.ToActor(), CancellationToken.None)).TryGet(out var outcome, out _error)) _outcome = outcome;
    }

    private sealed class ImportForm
    {
        public IFormFile? File { get; set; }
        public string? Text { get; set; }
        public InventoryFormat? Format { get; set; }
    }
}
