using System.Globalization;

namespace IncidentDesk.Evidence;

/// <summary>What the bundle says of itself, to somebody who has no desk.</summary>
internal static class EvidenceReadme
{
    public const string OfItself = "This bundle. It cannot contain its own SHA-256: that stands in the incident's log and in the desk's record of exports, under this id. / Este paquete. No puede contener su propio SHA-256: está en el registro del incidente y en la lista de exportaciones del sistema, bajo este id.";

    public static string English(string key, long upTo, DateTime now) => $"""
        # Evidence of incident {key}

        Made {At(now)} (UTC) by IncidentDesk. The log was read up to number {upTo.ToString(CultureInfo.InvariantCulture)}. All times are UTC.

        ## Is it complete and unchanged?

        1. Compare the SHA-256 of the zip itself with the one in the incident's log or in the desk's record of exports.
        2. Unpack it and, in the directory, run `sha256sum -c SHA256SUMS` (on macOS: `shasum -a 256 -c SHA256SUMS`). Every file must say OK.
        3. `manifest.json` names every other file with its length and SHA-256.
        4. A file under `documents/` has the SHA-256 that stands for it in `documents.jsonl` and in the log, byte for byte as it was frozen.
        5. A file under `attachments/` has the SHA-256 that was recorded when it was added (`attachments.jsonl`).

        ## What is in it

        - `log.jsonl`, `log.csv`: every row of the append-only log, every revision, in the order of writing. A row with `revision` above 1 corrects the one of the same `rootSequence`; nothing was overwritten. In the table, an apostrophe before a cell that begins like a formula makes it text; the other file has the text as it was typed.
        - `incident.json`: what the incident is, its milestones, roles and, where it is restricted, the people named in it.
        - `impacts.jsonl`: what was hit, every revision. `mitigations.jsonl`: defences with their steps. `waves.jsonl`: stretches of the attack. `measurements.csv`: what was measured. `follow-ups.jsonl`.
        - `documents/`: frozen postmortems and situation reports. `postmortem-sections.jsonl`, `postmortem-comments.jsonl`: how the postmortem came to be.
        - `attachments/`: the files as they were added.
        - `exports.jsonl`: who took what out of the desk and when, this bundle last. `audit.jsonl`: the trail's lines about this incident; for anybody but an administrator, those about exports only.

        What is null or empty is unknown; it is never zero.
        """.ReplaceLineEndings("\n") + "\n";

    public static string Spanish(string key, long upTo, DateTime now) => $"""
        # Evidencia del incidente {key}

        Hecha el {At(now)} (UTC) por IncidentDesk. El registro se leyó hasta el número {upTo.ToString(CultureInfo.InvariantCulture)}. Todas las horas son UTC.

        ## ¿Está completa y sin cambios?

        1. Compara el SHA-256 del zip con el que está en el registro del incidente o en la lista de exportaciones del sistema.
        2. Descomprímelo y, en el directorio, ejecuta `sha256sum -c SHA256SUMS` (en macOS: `shasum -a 256 -c SHA256SUMS`). Cada archivo debe decir OK.
        3. `manifest.json` nombra cada uno de los demás archivos con su tamaño y su SHA-256.
        4. Un archivo de `documents/` tiene el SHA-256 que aparece en `documents.jsonl` y en el registro, byte por byte como se congeló.
        5. Un archivo de `attachments/` tiene el SHA-256 que se anotó cuando se agregó (`attachments.jsonl`).

        ## Qué contiene

        - `log.jsonl`, `log.csv`: cada fila del registro, que solo crece, con todas sus revisiones y en el orden en que se escribieron. Una fila con `revision` mayor que 1 corrige la del mismo `rootSequence`; nada se sobrescribió. En la tabla, un apóstrofo delante de una celda que empieza como fórmula la convierte en texto; el otro archivo tiene el texto como se escribió.
        - `incident.json`: qué es el incidente, sus hitos, sus roles y, si es restringido, las personas nombradas en él.
        - `impacts.jsonl`: qué fue afectado, con todas sus revisiones. `mitigations.jsonl`: defensas con sus pasos. `waves.jsonl`: tramos del ataque. `measurements.csv`: lo que se midió. `follow-ups.jsonl`: seguimientos.
        - `documents/`: post mortems e informes de situación congelados. `postmortem-sections.jsonl`, `postmortem-comments.jsonl`: cómo se escribió el post mortem.
        - `attachments/`: los archivos como se agregaron.
        - `exports.jsonl`: quién sacó qué del sistema y cuándo, este paquete al final. `audit.jsonl`: las líneas de la bitácora sobre este incidente; para quien no administra, solo las de exportaciones.

        Lo que es nulo o está vacío se desconoce; nunca es cero.
        """.ReplaceLineEndings("\n") + "\n";

    private static string At(DateTime utc) => utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
