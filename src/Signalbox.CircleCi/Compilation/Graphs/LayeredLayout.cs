namespace Signalbox.CircleCi.Compilation.Graphs;

/// <summary>Places the jobs of a workflow: a column a stage, and in each column near what is waited for.</summary>
internal sealed class LayeredLayout
{
    public const int BoxHeight = 36;
    private const int CharacterWidth = 8;
    private const int Padding = 28;
    private const int ColumnGap = 72;
    private const int RowGap = 20;
    private const int Sweeps = 4;

    private readonly Dictionary<string, Box> _boxes = new(StringComparer.Ordinal);

    public LayeredLayout(WorkflowGraph graph)
    {
        var columns = graph.Jobs.GroupBy(job => job.Stage).OrderBy(stage => stage.Key).Select(stage => stage.ToList()).ToList();
        Untangle(columns);

        var tallest = columns.Select(column => column.Count).DefaultIfEmpty().Max();
        Height = (tallest * BoxHeight) + (Math.Max(tallest - 1, 0) * RowGap);
        var left = 0;
        foreach (var column in columns)
        {
            var width = column.Max(job => (job.Name.Length * CharacterWidth) + Padding);
            var top = (Height - ((column.Count * BoxHeight) + ((column.Count - 1) * RowGap))) / 2;
            foreach (var job in column)
            {
                _boxes[job.Name] = new Box(left, top, width);
                top += BoxHeight + RowGap;
            }

            left += width + ColumnGap;
        }

        Width = Math.Max(left - ColumnGap, 0);
    }

    public int Width { get; }

    public int Height { get; }

    public Box this[string job] => _boxes[job];

    public bool Holds(string job) => _boxes.ContainsKey(job);

    /// <summary>The barycentre method: a job goes where the middle of its neighbours is, from left to right and back.</summary>
    private static void Untangle(List<List<GraphJob>> columns)
    {
        var dependents = columns.SelectMany(column => column).SelectMany(job => job.Requires.Select(required => (required.Job, job.Name))).ToLookup(edge => edge.Job, edge => edge.Name, StringComparer.Ordinal);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var i = 1; i < columns.Count; i++)
                Sort(columns, i, job => job.Requires.Select(required => required.Job));
            for (var i = columns.Count - 2; i >= 0; i--)
                Sort(columns, i, job => dependents[job.Name]);
        }
    }

    private static void Sort(List<List<GraphJob>> columns, int at, Func<GraphJob, IEnumerable<string>> neighbours)
    {
        var positions = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            for (var row = 0; row < column.Count; row++)
                positions[column[row].Name] = (row + 1.0) / (column.Count + 1);
        }

        columns[at] = [.. columns[at].OrderBy(job => neighbours(job).Where(positions.ContainsKey).Select(name => positions[name]).DefaultIfEmpty(positions[job.Name]).Average())];
    }

    public readonly record struct Box(int Left, int Top, int Width)
    {
        public int Right => Left + Width;

        public int Middle => Top + (BoxHeight / 2);
    }
}
