/** The path of a child: its task, spelled as readers of paths want it, below its parent. */
export const childPath = (parent: string, taskName: string): string => {
  const name = taskName.toLowerCase().replace(/[^a-z0-9_]/g, '_');
  // No agent but the first is called root.
  return `${parent}/${name === '' || name === 'root' ? `${name}_` : name}`;
};
